"""Passkeys over HTTP: made and removed on the account page, used at the login alone or as its second step.

A page's script asks for options, has the browser answer, and sends the answer as an ordinary form.
"""

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from comments_service.accounts.account_page import FormError, account_form, confirm_person, done, number
from comments_service.accounts.blueprint import ACCOUNT, FORM, after_login, blueprint, browser, logged_in, source
from comments_service.accounts.cookies import read_secret
from comments_service.accounts.factor_pages import first_factor
from comments_service.accounts.login import HalfLoginOver
from comments_service.accounts.views import is_logged_in, login_form
from comments_service.moderation.moderator_sessions import close_session, find_half, open_session, sweep_sessions
from comments_service.moderation.moderators import moderator_profile
from comments_service.moderation.passkeys import (
    LOGIN,
    NEW,
    STEP,
    Claim,
    PasskeyError,
    Place,
    begin_login,
    begin_registration,
    finish_login,
    finish_registration,
    remove_passkey,
    take_answer,
)
from comments_service.moderation.second_factor import factors
from comments_service.privacy.network import network_of
from comments_service.web.access import access, identity
from comments_service.web.context import runtime
from comments_service.web.problems import Problem
from comments_service.web.rate_limits import hold_to, per_minute
from comments_service.web.wording import gettext as _

_ASKED = per_minute(30)  # options from one network: each is a row for five minutes


@blueprint.post("/account/passkeys/options")
@access(ACCOUNT)
def passkey_options() -> ResponseReturnValue:
    here = runtime()
    try:
        confirm_person("passkey-password")
    except FormError as wrong:
        raise Problem(wrong.status, "password", wrong.text) from None
    with here.transaction() as database:
        person = moderator_profile(database, identity().moderator_id)
        return _json(begin_registration(database, place(), here.keys.session, person, here.clock()))


@blueprint.post("/account/passkeys")
@access(ACCOUNT)
def add_passkey() -> ResponseReturnValue:
    here, person = runtime(), identity()
    try:
        claim = _taken(NEW)
        with here.transaction() as database:
            had_one = factors(database, person.moderator_id).any
            finish_registration(
                database,
                place(),
                person.moderator_id,
                claim,
                name=request.form.get("name", ""),
                now=here.clock(),
            )
    except PasskeyError as error:
        return done("passkeys", str(error))
    return done("passkeys", _("The passkey is kept.")) if had_one else first_factor("passkey")


@blueprint.post("/account/passkeys/remove")
@access(ACCOUNT)
def drop_passkey() -> ResponseReturnValue:
    passkey = number(request.form.get("passkey", ""))
    try:
        confirm_person(f"passkey-{passkey}-password")
    except FormError as wrong:
        return account_form(wrong)
    with runtime().transaction() as database:
        remove_passkey(database, identity().moderator_id, passkey)
    return done("passkeys", _("The passkey opens nothing any more. Remove it from your device as well."))


@blueprint.post("/login/passkey/options")
@access(FORM)
def login_options() -> ResponseReturnValue:
    hold_to(_ASKED, "passkeys", network_of(source()))
    here = runtime()
    with here.transaction() as database:
        return _json(begin_login(database, place(), here.clock(), moderator_id=_whose_second_step(database)))


@blueprint.post("/login/passkey")
@access(FORM)
def login_by_passkey() -> ResponseReturnValue:
    there = after_login(request.form.get("next", ""))
    if is_logged_in():
        return redirect(there, 303)
    hold_to(_ASKED, "passkey answers", network_of(source()))
    try:
        secret = _opened()
    except PasskeyError as error:
        return login_form(error=str(error), status=401)
    return logged_in(redirect(there, 303), secret)


def _opened() -> str:
    """The secret of a new session for whom the passkey names. Raises PasskeyError."""
    here = runtime()
    claim = _taken(STEP if request.form.get("step") else LOGIN)
    with here.transaction() as database:
        sweep_sessions(database, here.clock())
        half = _whose_second_step(database)
        moderator_id = finish_login(database, place(), here.keys.session, claim, here.clock(), moderator_id=half)
        close_session(database, read_secret())
        return open_session(
            database,
            moderator_id,
            now=here.clock(),
            max_s=here.settings.session_max_s,
            method="passkey" if half is None else "password+passkey",
            browser=browser(),
        )


def _taken(purpose: str) -> Claim:
    with runtime().transaction() as database:
        return take_answer(database, purpose, request.form.get("credential", ""), runtime().clock())


def _whose_second_step(database: Session) -> int | None:
    """Who has typed the password and now uses a passkey; None where a passkey is to be the only step."""
    if not request.form.get("step"):
        return None
    found = find_half(database, read_secret(), runtime().clock())
    if found is None:
        raise Problem(401, "login_over", str(HalfLoginOver()))
    return found


def place() -> Place:
    """The site that passkeys are for."""
    return Place.of(runtime().settings.public_url)


def _json(options: str) -> Response:
    return Response(options, mimetype="application/json")
