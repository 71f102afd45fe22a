"""What the door's pages have in common: their blueprint, their rules, and what a login does to the browser."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, make_response, request, session
from flask.typing import ResponseReturnValue

from comments_service.accounts.browsers import coarse_browser
from comments_service.accounts.cookies import keep_secret, read_secret
from comments_service.moderation.moderator_sessions import close_session
from comments_service.privacy.network import client_address
from comments_service.web.access import Rule
from comments_service.web.context import runtime

blueprint = Blueprint("accounts", __name__, template_folder="templates", url_prefix="/moderation")

FORM = Rule("form")
OWN_PASSWORD = Rule("desk", "viewer", while_must_change=True, in_person=True)
ACCOUNT = Rule("desk", "viewer", while_must_enrol=True, in_person=True)
TEAM = Rule("desk", "owner", in_person=True)


@blueprint.after_request
def _never_cached(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    # A page's address may hold an invitation; no link from it may carry that elsewhere.
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def logged_in(response: ResponseReturnValue, secret: str) -> Response:
    """Set the cookie, end the session that it replaces, and begin a new form session.

    A CSRF token known before the login is worth nothing after.
    """
    former = read_secret()
    if former:
        with runtime().transaction() as database:
            close_session(database, former)
    session.clear()
    answer = make_response(response)
    keep_secret(answer, secret, runtime().settings.session_max_s)
    return answer


def after_login(wanted: str) -> str:
    """The desk, or the page inside this service that was asked for before the login."""
    inside = f"{request.script_root}/moderation/"
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return inside
    # Backslashes and control characters: browsers read `/\host` as another host.
    odd = any(character == "\\" or ord(character) <= 32 for character in wanted)
    if parts.scheme or parts.netloc or odd or not parts.path.startswith(inside) or ".." in parts.path:
        return inside
    return wanted


def source() -> str:
    """The address of the client."""
    trusted = list(runtime().settings.trusted_proxies)
    return client_address(request.remote_addr or "", request.headers.get("X-Forwarded-For", ""), trusted)


def browser() -> str:
    """The client's kind of browser, in two words."""
    return coarse_browser(request.headers.get("User-Agent", ""))
