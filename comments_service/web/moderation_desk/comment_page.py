"""One comment with everything that is known about it and every decision that was taken; the discussion around it."""

from flask import render_template
from flask.typing import ResponseReturnValue

from comments_service.moderation.appeals_listed import appeals_about
from comments_service.moderation.around import around
from comments_service.moderation.history import comment_log
from comments_service.moderation.precedents import precedents
from comments_service.moderation.queue import find_item
from comments_service.moderation.reasons import REJECTION_REASONS
from comments_service.moderation.text_edits import former_texts
from comments_service.web.access import access
from comments_service.web.context import runtime
from comments_service.web.moderation_desk.blueprint import LOOK, blueprint
from comments_service.web.moderation_desk.queue_page import covered, may_decide
from comments_service.web.moderation_desk.queue_place import Place
from comments_service.web.moderation_desk.team import beside, to_assign
from comments_service.web.problems import Problem
from comments_service.web.wording import gettext as _


@blueprint.get("/comments/<public_id>")
@access(LOOK)
def comment(public_id: str) -> ResponseReturnValue:
    here = runtime()
    with here.reading() as session:
        site_ids = covered(session, "")
        item = find_item(session, public_id, vault=here.vault, site_ids=site_ids)
        team, menus = beside(session, [item] if item else [], site_ids), to_assign(session)
        entries = comment_log(session, public_id, site_ids=site_ids)
        appeals = appeals_about(session, public_id, site_ids=site_ids)
        changes = former_texts(session, public_id, site_ids=site_ids)
    if item is None:
        raise _no_such_comment()
    return render_template(
        "desk/comment.html",
        item=item,
        entries=entries,
        appeals=appeals,
        changes=changes,
        team=team,
        **menus,
        place=Place(),
        reasons=REJECTION_REASONS,
        may_decide=may_decide(),
    )


@blueprint.get("/comments/<public_id>/around")
@access(LOOK)
def comment_around(public_id: str) -> ResponseReturnValue:
    """A page of its own without a script; with one, what it holds is taken into the queue."""
    with runtime().reading() as session:
        site_ids = covered(session, "")
        found = around(session, public_id, site_ids=site_ids)
        alike = precedents(session, public_id, site_ids=site_ids)
    if found is None:
        raise _no_such_comment()
    return render_template(
        "desk/around.html", public_id=public_id, around=found, precedents=alike, reasons=REJECTION_REASONS
    )


def _no_such_comment() -> Problem:
    return Problem(404, "no_such_comment", _("There is no comment of this id on your sites."))
