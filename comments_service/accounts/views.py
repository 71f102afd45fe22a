"""Login, logout and change of password as pages. Everything after the login lives in `web.moderation_desk`."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, flash, make_response, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from comments_service.accounts.cookies import drop_secret, keep_secret, read_secret
from comments_service.accounts.login import WrongPassword, confirm_password, log_in
from comments_service.accounts.throttle import TooManyTries
from comments_service.moderation.moderator_sessions import close_session, open_session
from comments_service.moderation.moderators import change_password
from comments_service.moderation.passwords import LONGEST, SHORTEST, WeakPassword
from comments_service.privacy.network import client_address
from comments_service.web.access import IDENTIFY, Rule, access, identity
from comments_service.web.context import runtime

blueprint = Blueprint("accounts", __name__, template_folder="templates", url_prefix="/moderation")

_FORM = Rule("form")
_OWN_ACCOUNT = Rule("desk", "viewer", while_must_change=True)


@blueprint.after_request
def _never_cached(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/login")
@access(_FORM)
def login_page() -> ResponseReturnValue:
    if current_app.extensions[IDENTIFY]() is not None:
        return redirect(_after_login())
    return _login_form()


@blueprint.post("/login")
@access(_FORM)
def login() -> ResponseReturnValue:
    typed = request.form.get("login", "")[:64]
    try:
        secret = log_in(runtime(), login=typed, password=request.form.get("password", ""), source=_source())
    except WrongPassword as error:
        return _login_form(typed, str(error), 401)
    except TooManyTries as error:
        response = _login_form(typed, str(error), 429)
        response.headers["Retry-After"] = str(error.retry_after)
        return response
    return _logged_in(redirect(_after_login(), 303), secret)


@blueprint.post("/logout")
@access(_OWN_ACCOUNT)
def logout() -> ResponseReturnValue:
    with runtime().transaction() as database:
        close_session(database, read_secret())
    session.clear()
    response = make_response(redirect(f"{request.script_root}/moderation/login", 303))
    drop_secret(response)
    return response


@blueprint.get("/password")
@access(_OWN_ACCOUNT)
def password_page() -> ResponseReturnValue:
    return _password_form()


@blueprint.post("/password")
@access(_OWN_ACCOUNT)
def password() -> ResponseReturnValue:
    old, new = request.form.get("old", ""), request.form.get("new", "")
    wrong = _password_errors(old, new, request.form.get("again", ""))
    if wrong:
        return _password_form(wrong, 422)
    here, person = runtime(), identity()
    try:
        # The throttle guards this door too: a desk left open must not become a place to guess at.
        confirm_password(here, person.moderator_id, old, _source())
        with here.transaction() as database:
            change_password(database, person.moderator_id, new)
            secret = open_session(database, person.moderator_id, now=here.clock(), max_s=here.settings.session_max_s)
    except WrongPassword:
        return _password_form({"old": "This is not your present password."}, 422)
    except WeakPassword as error:
        return _password_form({"new": str(error)}, 422)
    except TooManyTries as error:
        return _password_form({"old": str(error)}, 429)
    response = _logged_in(redirect(f"{request.script_root}/moderation/", 303), secret)
    flash("Your password is changed. Other places where you were logged in are logged out.", "notice")
    return response


def _password_errors(old: str, new: str, again: str) -> dict[str, str]:
    if not old:
        return {"old": "Type your present password."}
    if new != again:
        return {"again": "The two new passwords differ. Type the new one again."}
    if new == old:
        return {"new": "The new password must differ from the present one."}
    return {}


def _logged_in(response: ResponseReturnValue, secret: str) -> Response:
    """Set the cookie, and begin a new form session: a CSRF token known before the login is worth nothing after."""
    session.clear()
    answer = make_response(response)
    keep_secret(answer, secret, runtime().settings.session_max_s)
    return answer


def _login_form(typed: str = "", error: str = "", status: int = 200) -> Response:
    page = render_template("accounts/login.html", typed=typed, error=error, next=request.values.get("next", ""))
    return make_response(page, status)


def _password_form(errors: dict[str, str] | None = None, status: int = 200) -> Response:
    page = render_template(
        "accounts/password.html", errors=errors or {}, shortest=SHORTEST, longest=LONGEST, person=identity()
    )
    return make_response(page, status)


def _after_login() -> str:
    """The desk, or the page inside this service that was asked for before the login."""
    wanted = request.values.get("next", "")
    parts = urlsplit(wanted)
    inside = f"{request.script_root}/moderation/"
    # Backslashes and control characters: browsers read `/\host` as another host.
    odd = any(character == "\\" or ord(character) <= 32 for character in wanted)
    if parts.scheme or parts.netloc or odd or not parts.path.startswith(inside) or ".." in parts.path:
        return inside
    return wanted


def _source() -> str:
    trusted = list(runtime().settings.trusted_proxies)
    return client_address(request.remote_addr or "", request.headers.get("X-Forwarded-For", ""), trusted)
