"""The list of a site's rules, and the log of who changed which. Adding and removing are in `rule_forms`."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from comments_service.moderation.cursors import InvalidCursor
from comments_service.moderation.permissions import sites_of
from comments_service.moderation.rules.changes import changes
from comments_service.moderation.rules.listing import list_rows, rule_page
from comments_service.web.access import access, identity
from comments_service.web.context import runtime
from comments_service.web.moderation_desk.blueprint import LOOK, blueprint
from comments_service.web.moderation_desk.queue_page import covered
from comments_service.web.problems import Problem

KINDS: dict[str, tuple[str, ...]] = {
    "author": ("address",),
    "network": ("network", "network_day"),
    "word": ("word",),
    "domain": ("domain",),
}


@blueprint.get("/rules")
@access(LOOK)
def rules() -> ResponseReturnValue:
    here, site, kind = runtime(), request.args.get("site", "")[:64], request.args.get("kind", "")
    cursor = request.args.get("cursor")
    with here.reading() as session:
        site_ids = covered(session, site)
        try:
            page = rule_page(session, site_ids=site_ids, now=here.clock(), kinds=KINDS.get(kind, ()), cursor=cursor)
        except InvalidCursor:
            raise Problem(404, "no_such_page", "This page of the rules does not exist. Begin with the first.") from None
        lists = [] if cursor or kind else list_rows(session, site_ids=site_ids, now=here.clock())
        latest = None if cursor else changes(session, site_ids=site_ids, what=("rule", "list"))
        sites = sites_of(session, identity().site_id)
    return render_template(
        "desk/rules.html",
        page=page,
        lists=lists,
        latest=latest.changes if latest else (),
        sites=sites,
        site=site,
        kind=kind if kind in KINDS else "",
        kinds=tuple(KINDS),
        may_edit=identity().may("editor"),
        may_add=identity().may("moderator"),
    )
