"""Login, logout and one's own password."""

from tests.comments_service.moderation.access_rows.row import ALLOWED, Row
from tests.comments_service.moderation.stage import PASSWORD

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
