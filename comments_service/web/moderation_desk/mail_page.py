"""A moderator's own mails: to which address, how often, about what; and the two links of those mails about the address.

`stop` stands outside of the desk's paths and asks for no form token, as mail programs send it by themselves (RFC 8058).
"""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from comments_service.notifications.decide_links import AddressAct
from comments_service.notifications.mail_choice import (
    ABOUT,
    TooSoon,
    address_verdict,
    ask_address,
    choice_of,
    choose,
    confirm_address,
    forget_address,
    stop_mails,
)
from comments_service.privacy.addresses import InvalidAddress
from comments_service.storage.tables import MAIL_PACES
from comments_service.web.access import PUBLIC, Rule, access, identity
from comments_service.web.context import runtime
from comments_service.web.moderation_desk.blueprint import LOOK, blueprint, harden
from comments_service.web.problems import Problem
from comments_service.web.wording import gettext as _

FORM = Rule("form")
_GREATEST_ID = 2**62  # what a database takes as a number

stopping = Blueprint("moderators_mail", __name__, url_prefix="/mail")
stopping.after_request(harden)


@blueprint.get("/mail")
@access(LOOK)
def mail() -> ResponseReturnValue:
    return _settings()


@blueprint.post("/mail")
@access(LOOK)
def choose_mail() -> ResponseReturnValue:
    here, hour = runtime(), request.form.get("hour", "7")
    pace, about = request.form.get("pace", ""), request.form.getlist("about")
    if pace not in MAIL_PACES or not set(about) <= set(ABOUT) or hour not in _hours():
        raise Problem(422, "unknown_choice", _("Choose one of what the page offers."))
    with here.transaction() as session:
        choose(session, identity().moderator_id, pace=pace, hour=int(hour), about=about, now=here.clock())
    flash(_("Kept."), "notice")
    return redirect(url_for("moderation_desk.mail"), 303)


@blueprint.post("/mail/address")
@access(LOOK)
def mail_address() -> ResponseReturnValue:
    here, person, typed = runtime(), identity(), request.form.get("address", "")[:400]
    if not here.settings.sends_mail:
        return _settings(_("This service has no mail server yet; its operator can set one."), typed)
    try:
        with here.transaction() as session:
            masked = ask_address(session, person.moderator_id, typed, here.vault, here.clock())
    except InvalidAddress as error:
        return _settings(error.message, typed)
    except TooSoon:
        return _settings(
            _("A mail was sent a few minutes ago. Look into your mailbox, or try again in ten minutes."), typed
        )
    flash(_("A mail is on its way to %(address)s. Mails begin once you press its link.", address=masked), "notice")
    return redirect(url_for("moderation_desk.mail"), 303)


@blueprint.post("/mail/forget")
@access(LOOK)
def forget_mail_address() -> ResponseReturnValue:
    here = runtime()
    with here.transaction() as session:
        forget_address(session, identity().moderator_id, here.clock())
    flash(_("Your address is forgotten. Links in mails that you have decide nothing any more."), "notice")
    return redirect(url_for("moderation_desk.mail"), 303)


@blueprint.get("/by-mail/address/<int:moderator_id>")
@access(FORM)
def own_address(moderator_id: int) -> ResponseReturnValue:
    return _own(_worth(moderator_id, "confirm"), "confirm")


@blueprint.post("/by-mail/address/<int:moderator_id>")
@access(FORM)
def confirm_own_address(moderator_id: int) -> ResponseReturnValue:
    worth, here = _worth(moderator_id, "confirm"), runtime()
    if worth != "good":
        return _own(worth, "confirm")
    with here.transaction() as session:
        confirm_address(session, moderator_id, here.clock())
    return _own("done", "confirm")


@stopping.get("/stop/<int:moderator_id>")
@access(PUBLIC)
def stop(moderator_id: int) -> ResponseReturnValue:
    return _own(_worth(moderator_id, "stop"), "stop")


@stopping.post("/stop/<int:moderator_id>")
@access(PUBLIC)
def do_stop(moderator_id: int) -> ResponseReturnValue:
    worth = _worth(moderator_id, "stop")
    if worth != "good":
        return _own(worth, "stop")
    with runtime().transaction() as session:
        stop_mails(session, moderator_id)
    return _own("done", "stop")


def _settings(wrong: str = "", typed: str = "") -> ResponseReturnValue:
    here = runtime()
    with here.reading() as session:
        choice = choice_of(session, identity().moderator_id, here.vault)
    page = render_template(
        "desk/mail.html",
        choice=choice,
        wrong=wrong,
        typed=typed,
        hours=_hours(),
        sends_mail=here.settings.sends_mail,
    )
    return make_response(page, 422 if wrong else 200)


def _hours() -> tuple[str, ...]:
    return tuple(str(hour) for hour in range(24))


def _worth(moderator_id: int, act: AddressAct) -> str:
    here, token = runtime(), request.args.get("token", "")
    if moderator_id > _GREATEST_ID:
        return "forged"
    with here.reading() as session:
        return address_verdict(session, moderator_id, act, token, keys=here.keys, vault=here.vault, now=here.clock())


def _own(worth: str, act: AddressAct) -> ResponseReturnValue:
    status = {"good": 200, "done": 200, "expired": 410, "forged": 404}[worth]
    response = make_response(render_template("desk/mail_address.html", worth=worth, act=act), status)
    # The address holds a token: no other page may learn it.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
