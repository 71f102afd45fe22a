"""Second opinions."""

from tests.comments_service.moderation.access_rows.row import ALLOWED, Row

_IDS = (("ids", "{comment}"),)
ROWS = {
    "moderation_desk.ask": Row("POST", "/moderation/opinions/ask", "trainee", ALLOWED, fields=_IDS),
    "moderation_desk.withdraw": Row("POST", "/moderation/opinions/withdraw", "trainee", ALLOWED, fields=_IDS),
}
