"""The queue, one comment, the history, and deciding."""

from tests.comments_service.moderation.access_rows.row import ABSENT, ALLOWED, Row

_IDS = (("ids", "{comment}"),)
ROWS = {
    "moderation_desk.queue": Row("GET", "/moderation/?site=demo", "viewer", ABSENT),
    "moderation_desk.counts": Row("GET", "/moderation/counts?site=demo", "viewer", ABSENT),
    "moderation_desk.comment": Row("GET", "/moderation/comments/{comment}", "viewer", ABSENT),
    "moderation_desk.author": Row("GET", "/moderation/comments/{comment}/author", "viewer", ABSENT),
    "moderation_desk.history": Row("GET", "/moderation/history?site=demo", "viewer", ABSENT),
    "moderation_desk.asset": Row("GET", "/moderation/assets/desk.css", "viewer", ALLOWED, stranger=ALLOWED),
    "moderation_desk.decisions": Row(
        "POST", "/moderation/decisions", "trainee", ALLOWED, fields=(*_IDS, ("decision", "spam"))
    ),
    "moderation_desk.undo": Row("POST", "/moderation/undo", "moderator", ALLOWED, fields=(("undo", "{comment}:1"),)),
    "moderation_api.queue": Row("GET", "/api/v1/moderation/queue?site=demo", "viewer", ABSENT, json=True),
    "moderation_api.counts": Row("GET", "/api/v1/moderation/counts?site=demo", "viewer", ABSENT, json=True),
    "moderation_api.comment": Row("GET", "/api/v1/moderation/comments/{comment}", "viewer", ABSENT, json=True),
    "moderation_api.history": Row("GET", "/api/v1/moderation/comments/{comment}/history", "viewer", ABSENT, json=True),
    "moderation_api.decisions": Row(
        "POST",
        "/api/v1/moderation/decisions",
        "trainee",
        ALLOWED,
        fields=(*_IDS, ("decision", "spam")),
        json=True,
    ),
}
