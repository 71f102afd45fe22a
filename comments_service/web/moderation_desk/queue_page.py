"""The queue as a page, and the counts beside its views."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from comments_service.moderation.alike import others_alike
from comments_service.moderation.cursors import InvalidCursor
from comments_service.moderation.decide import NoSuchComment
from comments_service.moderation.permissions import NoSuchSite, SiteIds, chosen_sites, sites_of
from comments_service.moderation.queue import waiting
from comments_service.moderation.queue_filters import BadFilter, Filters, read_filters
from comments_service.moderation.queue_order import SORTS
from comments_service.moderation.queue_views import COUNTED_TO, VIEWS, count_views
from comments_service.moderation.reasons import REJECTION_REASONS
from comments_service.moderation.saved_views import Keeper, saved_views
from comments_service.moderation.waves.shown import waves_in_queue
from comments_service.web.access import access, identity
from comments_service.web.context import runtime
from comments_service.web.eyes import eyes
from comments_service.web.moderation_desk.blueprint import LOOK, blueprint
from comments_service.web.moderation_desk.meanwhile import news, seen_on_page
from comments_service.web.moderation_desk.queue_filter_form import chips, choices
from comments_service.web.moderation_desk.queue_place import Place, place_of
from comments_service.web.moderation_desk.team import beside, to_assign
from comments_service.web.problems import FieldError, Problem

_PAGE = 20  # comments on one page


@blueprint.get("/")
@access(LOOK)
def queue() -> ResponseReturnValue:
    here, place = runtime(), place_of(request.args)
    filters = _filters(place)
    with here.reading() as session:
        site_ids = covered(session, place.site)
        # Narrowed down, each comment stands for itself: what the first of its group lacks, another may have.
        together = place.view == "pending" and not place.filters
        waves = waves_in_queue(session, site_ids) if together else []
        try:
            page = waiting(
                session,
                vault=here.vault,
                site_ids=site_ids,
                status=place.view,
                sort=place.sort,
                cursor=place.cursor or None,
                limit=_PAGE,
                grouped=together,
                eyes=eyes(),
                besides=[wave.id for wave in waves],
                filters=filters,
            )
        except InvalidCursor:
            raise Problem(404, "no_such_page", "This page of the queue does not exist. Begin with the first.") from None
        except NoSuchComment:
            raise Problem(404, "no_such_comment", "There is no comment of this id on your sites.") from None
        others = others_alike(session, [item.public_id for item in page.items], here.vault) if together else {}
        counts = count_views(session, site_ids, eyes())
        team, menus = beside(session, page.items, site_ids), to_assign(session)
        sites = sites_of(session, identity().site_id)
        saved = saved_views(session, keeper(session))
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
        saved=saved,
        chips=chips(place),
        choices=choices(place),
        reasons=REJECTION_REASONS,
        may_decide=may_decide(),
    )


def _filters(place: Place) -> Filters:
    try:
        return read_filters(dict(place.filters), runtime().clock())
    except BadFilter as error:
        wrong = FieldError(error.field, "invalid", str(error))
        raise Problem(422, "fields", f"The filter {error.field!r}: {error}", [wrong]) from None


@blueprint.get("/counts")
@access(LOOK)
def counts() -> ResponseReturnValue:
    seen = seen_on_page(request.args.getlist("seen"))
    with runtime().reading() as session:
        site_ids = covered(session, request.args.get("site", ""))
        return {"counts": count_views(session, site_ids, eyes()), **news(session, seen, site_ids)}


def covered(session: Session, wanted: str) -> SiteIds:
    """The sites this moderator sees when `wanted` is asked for; another's site does not exist for them."""
    try:
        return chosen_sites(session, identity().site_id, wanted)
    except NoSuchSite as error:
        raise Problem(404, "no_such_site", str(error)) from None


def keeper(session: Session) -> Keeper:
    """Who sends this request, as one who keeps views."""
    person = identity()
    return Keeper(person.moderator_id, person.may("editor"), covered(session, ""), person.site_id)


def may_decide() -> bool:
    """Whether the page shows buttons; the routes behind them check for themselves."""
    return identity().may("moderator")
