"""The login cookie: its name, path and marks. What its secret means is known to `moderation.moderator_sessions`."""

from flask import Response, request

from comments_service.web.context import runtime

_PLAIN_NAME = "comments_session"
# The browser itself refuses a cookie of this name without Secure and Path=/, or set by a neighbouring subdomain.
_HOST_NAME = "__Host-comments"


def read_secret() -> str:
    """The login secret of this request, empty where there is none."""
    return request.cookies.get(_name(), "")


def keep_secret(response: Response, secret: str, max_s: int) -> None:
    """Hand the secret to the browser for at most `max_s` seconds."""
    response.set_cookie(_name(), secret, max_age=max_s, path=_path(), secure=_is_https(), httponly=True, samesite="Lax")


def drop_secret(response: Response) -> None:
    response.delete_cookie(_name(), path=_path(), secure=_is_https(), httponly=True, samesite="Lax")


def _is_https() -> bool:
    # From the settings, never from the request: a forgotten proxy header must not weaken the cookie.
    return runtime().settings.public_url.startswith("https://")


def _path() -> str:
    return request.script_root or "/"


def _name() -> str:
    return _HOST_NAME if _is_https() and _path() == "/" else _PLAIN_NAME
