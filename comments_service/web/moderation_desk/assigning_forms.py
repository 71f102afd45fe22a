"""Assigning one comment, or those that are chosen, to a colleague or to nobody."""

from collections import Counter
from collections.abc import Sequence

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from comments_service.content.desk_texts import Words
from comments_service.moderation.assigning import ASSIGNED, NoSuchColleague, assign_many, unassign_many
from comments_service.moderation.chosen import Result
from comments_service.moderation.conflicts import explain
from comments_service.web.access import access, identity
from comments_service.web.context import runtime
from comments_service.web.moderation_desk.blueprint import PROPOSE, blueprint, wants_json
from comments_service.web.moderation_desk.decision_forms import chosen_ids
from comments_service.web.moderation_desk.queue_page import covered
from comments_service.web.moderation_desk.queue_place import place_of
from comments_service.web.problems import Problem
from comments_service.web.wording import desk_language, ngettext
from comments_service.web.wording import gettext as _


@blueprint.post("/assignments")
@access(PROPOSE)
def assign() -> ResponseReturnValue:
    ids, here, login = chosen_ids(request.form.getlist("ids")), runtime(), request.form.get("assignee", "")[:64]
    with here.transaction() as session:
        sites, now = covered(session, ""), here.clock()
        if request.form.get("act") == "unassign":
            return _tell(unassign_many(session, ids, site_ids=sites, now=now))
        try:
            by = identity().moderator_id
            return _tell(assign_many(session, ids, login, assigned_by=by, site_ids=sites, now=now))
        except NoSuchColleague:
            message = _("Nobody of this login decides about comments on your sites. Choose one of the list.")
            raise Problem(422, "no_such_colleague", message) from None


def _tell(results: Sequence[Result]) -> ResponseReturnValue:
    words = Words(desk_language())
    done = [result for result in results if not explain(result)]
    told = _said(done)
    if wants_json():
        return {
            "results": [{"id": one.public_id, "result": one.result, "message": explain(one, words)} for one in results],
            "told": told,
        }
    if done:
        flash(told, "notice")
    for message, count in Counter(filter(None, (explain(result, words) for result in results))).items():
        flash(message if count == 1 else f"{message} ({count})", "problem")
    page = request.form.get("page", "")
    return redirect(url_for("moderation_desk.comment", public_id=page) if page else place_of(request.form).url(), 303)


def _said(done: Sequence[Result]) -> str:
    if done and done[0].result == ASSIGNED:
        return ngettext("Assigned: %(num)s comment.", "Assigned: %(num)s comments.", len(done))
    return _("Assigned to nobody.")
