"""An author's history on one site, reached from one of their comments; no address stands in the page's URL."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from comments_service.moderation.authors import author_of
from comments_service.moderation.cursors import InvalidCursor
from comments_service.moderation.decide import NoSuchComment
from comments_service.moderation.queue import waiting
from comments_service.moderation.queue_filters import Filters
from comments_service.web.access import access
from comments_service.web.context import runtime
from comments_service.web.moderation_desk.blueprint import LOOK, blueprint
from comments_service.web.moderation_desk.queue_page import covered
from comments_service.web.moderation_desk.queue_place import Place
from comments_service.web.problems import Problem


@blueprint.get("/comments/<public_id>/author")
@access(LOOK)
def author(public_id: str) -> ResponseReturnValue:
    here = runtime()
    with here.reading() as session:
        site_ids = covered(session, "")
        try:
            found = author_of(session, public_id, site_ids=site_ids, vault=here.vault)
            page = waiting(
                session,
                vault=here.vault,
                site_ids=site_ids,
                status="all",
                sort="newest",
                cursor=request.args.get("cursor", "")[:300] or None,
                filters=Filters(author=public_id),
            )
        except NoSuchComment:
            raise Problem(404, "no_such_comment", "There is no comment of this id on your sites.") from None
        except InvalidCursor:
            raise Problem(404, "no_such_page", "This page does not exist. Begin with the first.") from None
    place = Place(view="all", sort="newest", filters=(("author", public_id),))
    return render_template("desk/author.html", author=found, page=page, place=place)
