"""The forms by which a moderator sets up an authenticator app, gets new recovery codes, or does without."""

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from comments_service.accounts.account_page import FormError, account_form, confirm_person, done
from comments_service.accounts.blueprint import ACCOUNT, blueprint, browser, logged_in
from comments_service.accounts.qr_code import qr_code
from comments_service.moderation.moderator_sessions import close_all, open_session
from comments_service.moderation.moderators import moderator_profile
from comments_service.moderation.second_factor import (
    WrongCode,
    drop_totp,
    enrol,
    enrolment_address,
    factors,
    new_secret,
    renew_recovery_codes,
)
from comments_service.privacy.addresses import UnknownKey
from comments_service.privacy.secret_box import SecretBox
from comments_service.web.access import access, identity
from comments_service.web.context import runtime
from comments_service.web.wording import gettext as _

_SERVICE = "Comments"
_LONGEST_S = 900  # from seeing the QR code to typing the app's first code


@blueprint.post("/account/app")
@access(ACCOUNT)
def begin_app() -> ResponseReturnValue:
    try:
        confirm_person("app-password")
    except FormError as wrong:
        return account_form(wrong)
    return _enrolment(new_secret())


@blueprint.post("/account/app/confirm")
@access(ACCOUNT)
def confirm_app() -> ResponseReturnValue:
    here, person = runtime(), identity()
    secret = _opened(request.form.get("sealed", ""))
    if secret is None:
        return done("second-step", _("That took too long. Begin again."))
    try:
        with here.transaction() as database:
            enrol(database, _box(), person.moderator_id, secret, request.form.get("code", "")[:20], here.clock())
    except WrongCode as error:
        return _enrolment(secret, str(error), 422)
    return first_factor("totp")


@blueprint.post("/account/app/remove")
@access(ACCOUNT)
def remove_app() -> ResponseReturnValue:
    try:
        confirm_person("app-off-password")
    except FormError as wrong:
        return account_form(wrong)
    with runtime().transaction() as database:
        drop_totp(database, identity().moderator_id)
    return done("second-step", _("The authenticator app is no longer asked for."))


@blueprint.post("/account/recovery-codes")
@access(ACCOUNT)
def new_codes() -> ResponseReturnValue:
    person = identity()
    try:
        confirm_person("codes-password")
    except FormError as wrong:
        return account_form(wrong)
    with runtime().transaction() as database:
        if not factors(database, person.moderator_id).any:
            return done("second-step", _("Set up a second factor first; then there is something to recover."))
        codes = renew_recovery_codes(database, person.moderator_id)
    return render_template("accounts/codes.html", codes=codes, person=person)


def first_factor(method: str) -> Response:
    """After a factor was set up: recovery codes, shown once, and a session that has seen the factor.

    Whoever was logged in without it is out.
    """
    here, person = runtime(), identity()
    with here.transaction() as database:
        codes = renew_recovery_codes(database, person.moderator_id)
        close_all(database, person.moderator_id, kind="cookie")
        fresh = open_session(
            database,
            person.moderator_id,
            now=here.clock(),
            max_s=here.settings.session_max_s,
            method=method,
            browser=browser(),
        )
    # The page is drawn after the login: its forms carry the token of the new session.
    answer = logged_in("", fresh)
    answer.set_data(render_template("accounts/codes.html", codes=codes, person=person))
    return answer


def _enrolment(secret: str, error: str = "", status: int = 200) -> ResponseReturnValue:
    """The page with the QR code. The secret travels sealed with owner and moment; nothing is stored until it works."""
    person = identity()
    with runtime().reading() as database:
        login = moderator_profile(database, person.moderator_id).login
    page = render_template(
        "accounts/app.html",
        person=person,
        code=qr_code(enrolment_address(secret, login, _SERVICE)),
        groups=[secret[start : start + 4] for start in range(0, len(secret), 4)],
        sealed=_box().seal(f"{person.moderator_id} {secret}").decode(),
        error=error,
    )
    return make_response(page, status)


def _opened(sealed: str) -> str | None:
    try:
        owner, _space, secret = _box().open(sealed.encode("utf-8", "replace"), max_age_s=_LONGEST_S).partition(" ")
    except UnknownKey:
        return None
    return secret if owner == str(identity().moderator_id) else None


def _box() -> SecretBox:
    return SecretBox(runtime().keys)
