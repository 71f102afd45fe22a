"""One's own account: everything about it on one page, and the forms for the desk's language and for sessions.

The forms for second factors, passkeys and tokens are in modules of their own; each of them answers with this page
when something is wrong.
"""

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from comments_service.accounts.blueprint import ACCOUNT, blueprint, source
from comments_service.accounts.login import WrongPassword, confirm_password
from comments_service.accounts.throttle import TooManyTries
from comments_service.content.language_names import LANGUAGE_NAMES
from comments_service.moderation.bearer_tokens import SCOPES, list_tokens
from comments_service.moderation.moderator_sessions import SSO, began_within, end_others, end_session, list_sessions
from comments_service.moderation.moderators import moderator_profile, set_language
from comments_service.moderation.passkeys import Place, list_passkeys
from comments_service.moderation.second_factor import factors
from comments_service.web.access import access, identity
from comments_service.web.context import runtime
from comments_service.web.wording import desk_languages
from comments_service.web.wording import gettext as _

_JUST_S = 600


class FormError(Exception):
    """A form of the account page that cannot be done: the field's id, what is wrong, and the answer's status."""

    def __init__(self, field: str, text: str, status: int = 422) -> None:
        super().__init__(text)
        self.field, self.text, self.status = field, text, status


@blueprint.get("/account")
@access(ACCOUNT)
def account() -> ResponseReturnValue:
    return account_form()


@blueprint.post("/account/language")
@access(ACCOUNT)
def choose_language() -> ResponseReturnValue:
    wanted = request.form.get("language", "")
    if wanted and wanted not in desk_languages():
        return account_form(FormError("language", _("The desk does not speak this language. Choose another.")))
    with runtime().transaction() as database:
        set_language(database, identity().moderator_id, wanted)
    return done("language", _("The desk's language is kept."))


@blueprint.post("/account/sessions/end")
@access(ACCOUNT)
def end_one_session() -> ResponseReturnValue:
    with runtime().transaction() as database:
        end_session(database, identity().moderator_id, number(request.form.get("session", "")))
    return done("sessions", _("That login has ended."))


@blueprint.post("/account/sessions/end-others")
@access(ACCOUNT)
def end_other_sessions() -> ResponseReturnValue:
    with runtime().transaction() as database:
        end_others(database, identity().moderator_id, identity().session_id)
    return done("sessions", _("Every other login has ended."))


def account_form(wrong: FormError | None = None) -> Response:
    """The page, with what was wrong in one of its forms."""
    here, person = runtime(), identity()
    with here.reading() as database:
        page = render_template(
            "accounts/account.html",
            profile=moderator_profile(database, person.moderator_id),
            person=person,
            factors=factors(database, person.moderator_id),
            sessions=list_sessions(
                database, person.moderator_id, now=here.clock(), idle_s=here.settings.session_idle_s
            ),
            passkeys=list_passkeys(database, person.moderator_id),
            passkeys_work=Place.of(here.settings.public_url).works,
            tokens=list_tokens(database, person.moderator_id, here.clock()),
            scopes=SCOPES,
            languages=[(tag, LANGUAGE_NAMES.get(tag, tag)) for tag in desk_languages()],
            errors={wrong.field: wrong.text} if wrong else {},
        )
    return make_response(page, wrong.status if wrong else 200)


def done(section: str, told: str) -> ResponseReturnValue:
    """Back to a section of the page, with a line about what was done."""
    flash(told, "account")
    return redirect(url_for("accounts.account", _anchor=section), 303)


def confirm_person(field: str) -> None:
    """Make sure that the person at the desk is the one whose account it is. Raises FormError for `field`.

    They type their password; whoever came from the identity provider, and may have none, has come a moment ago.
    """
    here, person = runtime(), identity()
    if person.method == SSO:
        with here.reading() as database:
            if began_within(database, person.session_id, _JUST_S, here.clock()):
                return
    try:
        confirm_password(runtime(), identity().moderator_id, request.form.get("password", ""), source())
    except WrongPassword:
        told = _("This is not your present password.")
        if person.method == SSO:
            told = _("Log out, log in again, and do this within ten minutes.")
        raise FormError(field, told) from None
    except TooManyTries as error:
        raise FormError(field, str(error), 429) from None


def number(typed: str) -> int:
    """The id that a form sent; 0, which no row has, for anything else."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 19 else 0
