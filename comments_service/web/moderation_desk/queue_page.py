"""The queue as a page, and the counts beside its views."""

from dataclasses import dataclass, replace

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from comments_service.moderation.alike import others_alike
from comments_service.moderation.cursors import InvalidCursor
from comments_service.moderation.permissions import NoSuchSite, SiteIds, chosen_sites, sites_of
from comments_service.moderation.queue import COUNTED_TO, SORTS, VIEWS, count_views, waiting
from comments_service.moderation.reasons import REJECTION_REASONS
from comments_service.moderation.waves.shown import waves_in_queue
from comments_service.web.access import access, identity
from comments_service.web.context import runtime
from comments_service.web.eyes import eyes
from comments_service.web.moderation_desk.blueprint import LOOK, blueprint
from comments_service.web.moderation_desk.team import beside, to_assign
from comments_service.web.problems import Problem

_PAGE = 20  # comments on one page


@dataclass(frozen=True)
class Place:
    """Where in the queue a moderator is; unknown values fall back, as people edit addresses by hand."""

    view: str = "pending"
    site: str = ""
    sort: str = "first"
    cursor: str = ""

    def url(self) -> str:
        """The page's address, without what is the default."""
        default = Place()
        kept = {name: value for name, value in vars(self).items() if value != getattr(default, name)}
        return url_for("moderation_desk.queue", **kept)

    def at(self, **changes: str) -> "Place":
        """Another view, site or order, from its first page on."""
        return replace(self, **{"cursor": "", **changes})


def place_of(values: MultiDict[str, str]) -> Place:
    """The place named in a query or a form."""
    view, sort = values.get("view", ""), values.get("sort", "")
    return Place(
        view=view if view in VIEWS else "pending",
        site=values.get("site", "")[:64],
        sort=sort if sort in SORTS else "first",
        cursor=values.get("cursor", "")[:300],
    )


@blueprint.get("/")
@access(LOOK)
def queue() -> ResponseReturnValue:
    here, place = runtime(), place_of(request.args)
    with here.reading() as session:
        site_ids = covered(session, place.site)
        waves = waves_in_queue(session, site_ids) if place.view == "pending" else []
        try:
            page = waiting(
                session,
                vault=here.vault,
                site_ids=site_ids,
                status=place.view,
                sort=place.sort,
                cursor=place.cursor or None,
                limit=_PAGE,
                grouped=True,
                eyes=eyes(),
                besides=[wave.id for wave in waves],
            )
        except InvalidCursor:
            raise Problem(404, "no_such_page", "This page of the queue does not exist. Begin with the first.") from None
        others = (
            others_alike(session, [item.public_id for item in page.items], here.vault)
            if place.view == "pending"
            else {}
        )
        counts = count_views(session, site_ids, eyes())
        team, menus = beside(session, page.items), to_assign(session)
        sites = sites_of(session, identity().site_id)
    return render_template(
        "desk/queue.html",
        place=place,
        page=page,
        others=others,
        waves=waves,
        counts=counts,
        team=team,
        **menus,
        sites=sites,
        views=VIEWS,
        sorts=SORTS,
        counted_to=COUNTED_TO,
        reasons=REJECTION_REASONS,
        may_decide=may_decide(),
    )


@blueprint.get("/counts")
@access(LOOK)
def counts() -> ResponseReturnValue:
    with runtime().reading() as session:
        return {"counts": count_views(session, covered(session, request.args.get("site", "")), eyes())}


def covered(session: Session, wanted: str) -> SiteIds:
    """The sites this moderator sees when `wanted` is asked for; another's site does not exist for them."""
    try:
        return chosen_sites(session, identity().site_id, wanted)
    except NoSuchSite as error:
        raise Problem(404, "no_such_site", str(error)) from None


def may_decide() -> bool:
    """Whether the page shows buttons; the routes behind them check for themselves."""
    return identity().may("moderator")
