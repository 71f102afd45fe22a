"""Login, second step, logout and change of password as pages. What one does with an account is in `account_page`."""

from flask import Response, current_app, flash, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from comments_service.accounts.blueprint import (
    FORM,
    OWN_PASSWORD,
    after_login,
    blueprint,
    browser,
    logged_in,
    source,
)
from comments_service.accounts.cookies import drop_secret, read_secret
from comments_service.accounts.login import (
    HalfLoginOver,
    WrongPassword,
    confirm_password,
    log_in,
    log_in_by_code,
)
from comments_service.accounts.throttle import TooManyTries
from comments_service.moderation.moderator_sessions import close_session, find_half, open_session
from comments_service.moderation.moderators import change_password
from comments_service.moderation.passkeys import Place
from comments_service.moderation.passwords import LONGEST, SHORTEST, WeakPassword
from comments_service.moderation.second_factor import Factors, WrongCode, factors
from comments_service.web.access import IDENTIFY, access, identity
from comments_service.web.context import runtime
from comments_service.web.wording import gettext as _


@blueprint.get("/login")
@access(FORM)
def login_page() -> ResponseReturnValue:
    if is_logged_in():
        return redirect(_wanted_page())
    return login_form()


@blueprint.post("/login")
@access(FORM)
def login() -> ResponseReturnValue:
    typed, password = request.form.get("login", "")[:64], request.form.get("password", "")
    try:
        entry = log_in(runtime(), login=typed, password=password, source=source(), browser=browser())
    except WrongPassword as error:
        return login_form(typed, str(error), 401)
    except TooManyTries as error:
        return _told_to_wait(login_form(typed, str(error), 429), error)
    there = _wanted_page() if entry.complete else url_for("accounts.second_step_page", next=_wanted_page())
    return logged_in(redirect(there, 303), entry.secret)


@blueprint.get("/login/code")
@access(FORM)
def second_step_page() -> ResponseReturnValue:
    found = _half_login()
    if found is None:
        there = _wanted_page() if is_logged_in() else url_for("accounts.login_page")
        return redirect(there)
    return _code_form(found)


@blueprint.post("/login/code")
@access(FORM)
def second_step() -> ResponseReturnValue:
    found, code = _half_login(), request.form.get("code", "")[:100]
    if found is None:
        return redirect(_wanted_page(), 303) if is_logged_in() else login_form(error=str(HalfLoginOver()), status=401)
    try:
        secret = log_in_by_code(runtime(), half=read_secret(), code=code, source=source(), browser=browser())
    except HalfLoginOver as error:
        return login_form(error=str(error), status=401)
    except WrongCode as error:
        return _code_form(found, str(error), 401)
    except TooManyTries as error:
        return _told_to_wait(_code_form(found, str(error), 429), error)
    return logged_in(redirect(_wanted_page(), 303), secret)


@blueprint.post("/logout")
@access(OWN_PASSWORD)
def logout() -> ResponseReturnValue:
    with runtime().transaction() as database:
        close_session(database, read_secret())
    session.clear()
    response = make_response(redirect(f"{request.script_root}/moderation/login", 303))
    drop_secret(response)
    return response


@blueprint.get("/password")
@access(OWN_PASSWORD)
def password_page() -> ResponseReturnValue:
    return _password_form()


@blueprint.post("/password")
@access(OWN_PASSWORD)
def password() -> ResponseReturnValue:
    old, new = request.form.get("old", ""), request.form.get("new", "")
    wrong = _password_errors(old, new, request.form.get("again", ""))
    if wrong:
        return _password_form(wrong, 422)
    here, person = runtime(), identity()
    try:
        # The throttle guards this door too: a desk left open must not become a place to guess at.
        confirm_password(here, person.moderator_id, old, source())
        with here.transaction() as database:
            change_password(database, person.moderator_id, new)
            secret = open_session(
                database,
                person.moderator_id,
                now=here.clock(),
                max_s=here.settings.session_max_s,
                browser=browser(),
            )
    except WrongPassword:
        return _password_form({"old": "This is not your present password."}, 422)
    except WeakPassword as error:
        return _password_form({"new": str(error)}, 422)
    except TooManyTries as error:
        return _password_form({"old": str(error)}, 429)
    response = logged_in(redirect(f"{request.script_root}/moderation/", 303), secret)
    flash(_("Your password is changed. Other places where you were logged in are logged out."), "notice")
    return response


def login_form(typed: str = "", error: str = "", status: int = 200) -> Response:
    """The login page, with what went wrong."""
    page = render_template(
        "accounts/login.html",
        sso=runtime().settings.oidc_issuer != "",
        sso_label=runtime().settings.oidc_label,
        typed=typed,
        error=error,
        next=request.values.get("next", ""),
        passkeys_work=Place.of(runtime().settings.public_url).works,
    )
    return make_response(page, status)


def _password_errors(old: str, new: str, again: str) -> dict[str, str]:
    if not old:
        return {"old": "Type your present password."}
    if new != again:
        return {"again": "The two new passwords differ. Type the new one again."}
    if new == old:
        return {"new": "The new password must differ from the present one."}
    return {}


def is_logged_in() -> bool:
    """Whether this browser has a whole session."""
    return current_app.extensions[IDENTIFY]() is not None


def _half_login() -> Factors | None:
    """What the person whose login is half done can take the second step with."""
    here = runtime()
    with here.reading() as database:
        moderator_id = find_half(database, read_secret(), here.clock())
        return None if moderator_id is None else factors(database, moderator_id)


def _code_form(found: Factors, error: str = "", status: int = 200) -> Response:
    page = render_template(
        "accounts/code.html",
        factors=found,
        error=error,
        next=request.values.get("next", ""),
        passkeys_work=Place.of(runtime().settings.public_url).works,
    )
    return make_response(page, status)


def _password_form(errors: dict[str, str] | None = None, status: int = 200) -> Response:
    page = render_template(
        "accounts/password.html", errors=errors or {}, shortest=SHORTEST, longest=LONGEST, person=identity()
    )
    return make_response(page, status)


def _told_to_wait(response: Response, error: TooManyTries) -> Response:
    response.headers["Retry-After"] = str(error.retry_after)
    return response


def _wanted_page() -> str:
    return after_login(request.values.get("next", ""))
