"""The decision log of all sites that a moderator sees, newest first."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from comments_service.moderation.cursors import InvalidCursor
from comments_service.moderation.history import decision_log
from comments_service.moderation.permissions import sites_of
from comments_service.moderation.reasons import REJECTION_REASONS
from comments_service.web.access import access, identity
from comments_service.web.context import runtime
from comments_service.web.moderation_desk.blueprint import LOOK, blueprint
from comments_service.web.moderation_desk.queue_page import covered, may_decide
from comments_service.web.problems import Problem


@blueprint.get("/history")
@access(LOOK)
def history() -> ResponseReturnValue:
    site, batch = request.args.get("site", "")[:64], request.args.get("batch", "")[:32]
    with runtime().reading() as session:
        try:
            page = decision_log(
                session, site_ids=covered(session, site), cursor=request.args.get("cursor"), batch=batch or None
            )
        except InvalidCursor:
            raise Problem(
                404, "no_such_page", "This page of the history does not exist. Begin with the first."
            ) from None
        sites = sites_of(session, identity().site_id)
    return render_template(
        "desk/history.html",
        page=page,
        site=site,
        batch=batch,
        sites=sites,
        reasons=REJECTION_REASONS,
        may_decide=may_decide(),
    )
