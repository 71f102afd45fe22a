"""The discussion around a comment, and changing its text."""

from tests.comments_service.moderation.access_rows.row import ABSENT, Row

ROWS = {
    "moderation_desk.comment_around": Row("GET", "/moderation/comments/{comment}/around", "viewer", ABSENT),
    "moderation_desk.edit_page": Row("GET", "/moderation/comments/{comment}/edit", "moderator", ABSENT),
    "moderation_desk.edit": Row(
        "POST", "/moderation/comments/{comment}/edit", "moderator", ABSENT, fields=(("text", "A […] remark."),)
    ),
}
