"""Login, logout and one's own account."""

from tests.comments_service.moderation.access_rows.row import ALLOWED, Row
from tests.comments_service.moderation.stage import PASSWORD

_PASSWORD = (("password", PASSWORD),)
_NEW = "a quite different one"
ROWS = {
    "accounts.login_page": Row("GET", "/moderation/login", "viewer", ALLOWED, stranger=ALLOWED),
    "accounts.login": Row(
        "POST",
        "/moderation/login",
        "viewer",
        ALLOWED,
        stranger=ALLOWED,
        fields=(("login", "dora"), ("password", PASSWORD)),
    ),
    "accounts.second_step_page": Row("GET", "/moderation/login/code", "viewer", ALLOWED),
    "accounts.second_step": Row("POST", "/moderation/login/code", "viewer", ALLOWED, fields=(("code", "123456"),)),
    "accounts.account": Row("GET", "/moderation/account", "viewer", ALLOWED),
    "accounts.choose_language": Row(
        "POST", "/moderation/account/language", "viewer", ALLOWED, fields=(("language", "en"),)
    ),
    "accounts.end_one_session": Row(
        "POST", "/moderation/account/sessions/end", "viewer", ALLOWED, fields=(("session", "999"),)
    ),
    "accounts.end_other_sessions": Row("POST", "/moderation/account/sessions/end-others", "viewer", ALLOWED),
    "accounts.begin_app": Row("POST", "/moderation/account/app", "viewer", ALLOWED, fields=_PASSWORD),
    "accounts.confirm_app": Row("POST", "/moderation/account/app/confirm", "viewer", ALLOWED),
    "accounts.remove_app": Row("POST", "/moderation/account/app/remove", "viewer", ALLOWED, fields=_PASSWORD),
    "accounts.new_codes": Row("POST", "/moderation/account/recovery-codes", "viewer", ALLOWED, fields=_PASSWORD),
    "accounts.new_token": Row(
        "POST",
        "/moderation/account/tokens",
        "viewer",
        ALLOWED,
        fields=(*_PASSWORD, ("name", "newsletter"), ("scopes", "queue:read"), ("days", "7")),
    ),
    "accounts.end_token": Row("POST", "/moderation/account/tokens/revoke", "viewer", ALLOWED, fields=(("token", "1"),)),
    "accounts.passkey_options": Row(
        "POST", "/moderation/account/passkeys/options", "viewer", ALLOWED, fields=_PASSWORD
    ),
    "accounts.add_passkey": Row(
        "POST", "/moderation/account/passkeys", "viewer", ALLOWED, fields=(("credential", "x"),)
    ),
    "accounts.drop_passkey": Row(
        "POST", "/moderation/account/passkeys/remove", "viewer", ALLOWED, fields=(*_PASSWORD, ("passkey", "1"))
    ),
    "accounts.login_options": Row("POST", "/moderation/login/passkey/options", "viewer", ALLOWED, stranger=ALLOWED),
    "accounts.login_by_passkey": Row(
        "POST", "/moderation/login/passkey", "viewer", ALLOWED, fields=(("credential", "x"),)
    ),
    "accounts.begin_sso": Row("GET", "/moderation/login/sso", "viewer", ALLOWED, stranger=ALLOWED),
    "accounts.end_sso": Row("GET", "/moderation/login/sso/done", "viewer", ALLOWED),
    "accounts.password_page": Row("GET", "/moderation/password", "viewer", ALLOWED),
    "accounts.password": Row(
        "POST",
        "/moderation/password",
        "viewer",
        ALLOWED,
        fields=(("old", PASSWORD), ("new", _NEW), ("again", _NEW)),
    ),
    "accounts.logout": Row("POST", "/moderation/logout", "viewer", ALLOWED),
}
