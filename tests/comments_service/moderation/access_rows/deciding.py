"""The discussion around a comment."""

from tests.comments_service.moderation.access_rows.row import ABSENT, Row

ROWS = {
    "moderation_desk.comment_around": Row("GET", "/moderation/comments/{comment}/around", "viewer", ABSENT),
}
