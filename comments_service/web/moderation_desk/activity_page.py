"""What colleagues did: what concerns me, and what the team did of late."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from comments_service.moderation.activity import (
    mark_read,
    mentions_of,
    outcomes_of,
    person_named,
    team_of,
    team_steps,
    unread,
)
from comments_service.moderation.cursors import InvalidCursor
from comments_service.moderation.reasons import REJECTION_REASONS
from comments_service.web.access import access, identity
from comments_service.web.context import runtime
from comments_service.web.moderation_desk.blueprint import LOOK, blueprint
from comments_service.web.moderation_desk.queue_page import covered
from comments_service.web.problems import Problem
from comments_service.web.wording import gettext as _


@blueprint.get("/activity")
@access(LOOK)
def activity() -> ResponseReturnValue:
    me, login = identity().moderator_id, request.args.get("person", "")[:64].replace("\0", "")
    with runtime().reading() as session:
        site_ids = covered(session, "")
        team = team_of(session, site_ids)
        # Who works for other sites alone is nobody here.
        person = person_named(session, login) if login in dict(team) else None
        if login and person is None:
            raise Problem(404, "no_such_person", _("Nobody of this login works on your sites."))
        try:
            page = team_steps(session, site_ids=site_ids, by=person, cursor=request.args.get("cursor"))
        except InvalidCursor:
            raise Problem(404, "no_such_page", _("This page does not exist. Begin with the first.")) from None
        mine = {
            "mentions": mentions_of(session, me, site_ids),
            "outcomes": outcomes_of(session, me, site_ids),
            "unread": unread(session, me),
        }
    return render_template(
        "desk/activity.html", page=page, team_members=team, chosen=login, reasons=REJECTION_REASONS, **mine
    )


@blueprint.post("/activity/read")
@access(LOOK)
def read_activity() -> ResponseReturnValue:
    here = runtime()
    with here.transaction() as session:
        mark_read(session, identity().moderator_id, here.clock())
    return redirect(url_for("moderation_desk.activity"), 303)
