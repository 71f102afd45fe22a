"""Rules: listed, tried, made, removed, taken back."""

from tests.comments_service.moderation.access_rows.row import ABSENT, ALLOWED, Row

_AUTHOR = (("comment", "{comment}"), ("kind", "address"))
ROWS = {
    "moderation_desk.rules": Row("GET", "/moderation/rules?site=demo", "viewer", ABSENT),
    "moderation_desk.new_rule": Row("GET", "/moderation/rules/new?comment={comment}", "moderator", ABSENT),
    "moderation_desk.try_rule": Row("POST", "/moderation/rules/try", "moderator", ABSENT, fields=_AUTHOR),
    "moderation_desk.save_rule": Row("POST", "/moderation/rules", "moderator", ABSENT, fields=_AUTHOR),
    "moderation_desk.remove_rules": Row("POST", "/moderation/rules/remove", "editor", ALLOWED, fields=(("rule", "1"),)),
    "moderation_desk.undo_rule": Row("POST", "/moderation/rules/undo", "moderator", ALLOWED, fields=(("change", "1"),)),
}
