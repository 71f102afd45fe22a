"""The page behind an invitation's link: looked at as often as one likes, taken up once by the form on it."""

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from comments_service.accounts.blueprint import FORM, after_login, blueprint, browser, logged_in
from comments_service.moderation.invitations import InvitationError, Offer, look_at, take_up
from comments_service.moderation.moderator_sessions import open_session
from comments_service.moderation.moderators import LoginTaken, OddLogin
from comments_service.moderation.passwords import LONGEST, SHORTEST, WeakPassword
from comments_service.web.access import access
from comments_service.web.context import runtime
from comments_service.web.wording import gettext as _


@blueprint.get("/invitation/<secret>")
@access(FORM)
def invitation(secret: str) -> ResponseReturnValue:
    here = runtime()
    try:
        with here.reading() as database:
            return _form(look_at(database, secret, here.clock()))
    except InvitationError as error:
        return _no_good(error)


@blueprint.post("/invitation/<secret>")
@access(FORM)
def take_up_invitation(secret: str) -> ResponseReturnValue:
    here, password = runtime(), request.form.get("password", "")
    try:
        with here.reading() as database:
            offer = look_at(database, secret, here.clock())
        if password != request.form.get("again", ""):
            return _form(offer, {"again": _("The two passwords differ. Type the password again.")})
        return _account_made(secret, password)
    except InvitationError:
        # The page itself says why.
        return redirect(url_for("accounts.invitation", secret=secret), 303)
    except OddLogin:
        return _form(offer, {"login": _("Use 1 to 64 small letters, digits, dots, hyphens, underscores, + and @.")})
    except LoginTaken:
        return _form(offer, {"login": _("Somebody has this login already. Choose another.")})
    except WeakPassword as error:
        return _form(offer, {"password": str(error)})


def _account_made(secret: str, password: str) -> Response:
    here = runtime()
    with here.transaction() as database:
        made = take_up(
            database,
            secret,
            login=request.form.get("login", ""),
            name=request.form.get("name", ""),
            password=password,
            now=here.clock(),
        )
        session = open_session(database, made, now=here.clock(), max_s=here.settings.session_max_s, browser=browser())
    return logged_in(redirect(after_login(""), 303), session)


def _form(offer: Offer, errors: dict[str, str] | None = None) -> Response:
    page = render_template(
        "accounts/invitation.html",
        offer=offer,
        errors=errors or {},
        login=request.form.get("login", "")[:64],
        name=request.form.get("name", "")[:80],
        shortest=SHORTEST,
        longest=LONGEST,
    )
    return make_response(page, 422 if errors else 200)


def _no_good(error: InvitationError) -> Response:
    status = 404 if error.why == "unknown" else 410
    return make_response(render_template("accounts/no_invitation.html", why=error.why), status)
