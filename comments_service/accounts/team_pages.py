"""The team: who may do what, invitations, and what an owner does about a colleague's account."""

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from comments_service.accounts.account_page import number
from comments_service.accounts.blueprint import TEAM, blueprint
from comments_service.moderation.invitations import GOOD_DAYS, invite, open_invitations, withdraw
from comments_service.moderation.moderators import LastOwner, reset_password, set_disabled, set_role
from comments_service.moderation.permissions import NoSuchSite, chosen_sites, sites_of
from comments_service.moderation.team import NoSuchColleague, colleagues, managed
from comments_service.web.access import ROLES, access, identity
from comments_service.web.context import runtime
from comments_service.web.problems import Problem
from comments_service.web.wording import gettext as _


@blueprint.get("/team")
@access(TEAM)
def team() -> ResponseReturnValue:
    return _page()


@blueprint.post("/team/invite")
@access(TEAM)
def invite_somebody() -> ResponseReturnValue:
    here, person, role = runtime(), identity(), _role()
    with here.transaction() as database:
        site_id = _site_id(database)
        secret = invite(database, role=role, site_id=site_id, invited_by=person.moderator_id, now=here.clock())
    link = f"{here.settings.public_url}/moderation/invitation/{secret}"
    return render_template("accounts/invited.html", person=person, link=link, role=role, days=GOOD_DAYS)


@blueprint.post("/team/invitations/withdraw")
@access(TEAM)
def withdraw_invitation() -> ResponseReturnValue:
    with runtime().transaction() as database:
        withdraw(database, number(request.form.get("invitation", "")), identity().site_id)
    return _done(_("The link opens nothing any more."))


@blueprint.post("/team/role")
@access(TEAM)
def change_role() -> ResponseReturnValue:
    role = _role()
    with runtime().transaction() as database:
        login = _colleague(database)
        try:
            set_role(database, login, role=role, site_id=_site_id(database))
        except LastOwner:
            raise _last_owner() from None
    return _done(_("The role is changed. It holds from their next click on."))


@blueprint.post("/team/disable")
@access(TEAM)
def shut_out() -> ResponseReturnValue:
    undo = request.form.get("undo") == "yes"
    with runtime().transaction() as database:
        login = _colleague(database)
        try:
            set_disabled(database, login, disabled=not undo)
        except LastOwner:
            raise _last_owner() from None
    return _done(_("They may log in again.") if undo else _("They are shut out. Their decisions stay in the history."))


@blueprint.post("/team/reset")
@access(TEAM)
def reset() -> ResponseReturnValue:
    with runtime().transaction() as database:
        first = reset_password(database, _colleague(database))
    return render_template("accounts/reset.html", person=identity(), first=first)


def _page() -> Response:
    here, person = runtime(), identity()
    with here.reading() as database:
        page = render_template(
            "accounts/team.html",
            person=person,
            colleagues=colleagues(database, person.site_id),
            invitations=open_invitations(database, person.site_id, here.clock()),
            sites=sites_of(database, person.site_id),
            roles=ROLES,
        )
    return make_response(page)


def _colleague(database: Session) -> str:
    """The login of the person whom the form is about. One's own account is for others to change."""
    person, wanted = identity(), number(request.form.get("person", ""))
    try:
        login = managed(database, wanted, person.site_id)
    except NoSuchColleague as error:
        raise Problem(404, "no_such_colleague", str(error)) from None
    if wanted == person.moderator_id:
        raise Problem(409, "oneself", _("This is your own account. Another owner, or the command line, can change it."))
    return login


def _site_id(database: Session) -> int | None:
    """The site that the form gives; an owner of one site gives that site and no other."""
    wanted, bound_to = request.form.get("site", ""), identity().site_id
    if not wanted:
        return bound_to
    try:
        return chosen_sites(database, bound_to, wanted)[0]
    except NoSuchSite as error:
        raise Problem(404, "no_such_site", str(error)) from None


def _role() -> str:
    role = request.form.get("role", "")
    if role not in ROLES:
        raise Problem(422, "role", _("Choose a role from the list."))
    return role


def _last_owner() -> Problem:
    return Problem(409, "last_owner", _("This is the last owner of all sites. Make somebody else one first."))


def _done(told: str) -> ResponseReturnValue:
    flash(told, "account")
    return redirect(url_for("accounts.team"), 303)
