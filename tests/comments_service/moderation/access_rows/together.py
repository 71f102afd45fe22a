"""Second opinions, notes and activity."""

from tests.comments_service.moderation.access_rows.row import ABSENT, ALLOWED, Row

_IDS = (("ids", "{comment}"),)
ROWS = {
    "moderation_desk.ask": Row("POST", "/moderation/opinions/ask", "trainee", ALLOWED, fields=_IDS),
    "moderation_desk.withdraw": Row("POST", "/moderation/opinions/withdraw", "trainee", ALLOWED, fields=_IDS),
    "moderation_desk.assign": Row(
        "POST", "/moderation/assignments", "trainee", ALLOWED, fields=(*_IDS, ("act", "unassign"))
    ),
    "moderation_desk.claims": Row("POST", "/moderation/claims", "trainee", ABSENT, fields=(("id", "{comment}"),)),
    "moderation_desk.write_note": Row(
        "POST", "/moderation/comments/{comment}/notes", "trainee", ABSENT, fields=(("body", "Look"),)
    ),
    # Somebody else's note, another site's and one that is gone get the same answer: it is not yours.
    "moderation_desk.take_note_away": Row("POST", "/moderation/notes/1/remove", "trainee", ALLOWED),
    "moderation_desk.activity": Row("GET", "/moderation/activity", "viewer", ALLOWED),
    "moderation_desk.read_activity": Row("POST", "/moderation/activity/read", "viewer", ALLOWED),
}
