"""The review queue: which comments stand in a view, in which order, page by page, and how many there are.

What is known about each comment is put together in `context`; deciding happens in `bulk`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select
from sqlalchemy.orm import Session

from comments_service.moderation.alike import stands_for_its_group
from comments_service.moderation.assigning import is_assigned_to
from comments_service.moderation.context import Item, put_into_context
from comments_service.moderation.cursors import read_cursor, write_cursor
from comments_service.moderation.opinions import Eyes, has_own, is_open_for
from comments_service.moderation.permissions import SiteIds, of_sites
from comments_service.moderation.second_looks import is_asked_for
from comments_service.privacy.addresses import AddressVault
from comments_service.storage.tables import Comment, Report
from comments_service.storage.types import from_microseconds, to_microseconds

VIEWS = ("pending", "reported", "second_look", "second_opinion", "mine", "approved", "rejected", "spam", "deleted")
_TO_DECIDE = ("pending", "reported", "second_look")  # views that somebody works off
SORTS = ("first", "oldest", "newest", "urgent")
MOST_ITEMS = 100
# A badge says "999+": counting a million spam comments exactly would cost more than the page.
COUNTED_TO = 1000
_LOOK_AT = func.coalesce(Comment.look_at, Comment.created_at)


@dataclass(frozen=True)
class QueuePage:
    """One page of a view. `next_cursor` is None on the last one."""

    items: tuple[Item, ...]
    next_cursor: str | None


def waiting(
    session: Session,
    *,
    vault: AddressVault,
    site_ids: SiteIds,
    status: str = "pending",
    sort: str = "first",
    cursor: str | None = None,
    limit: int = 20,
    grouped: bool = False,
    eyes: Eyes | None = None,
    besides: Sequence[int] = (),
) -> QueuePage:
    """A page of one of VIEWS, sorted by one of SORTS.

    `grouped`: of waiting comments that are alike only the first (`alike`). `besides`: without those of these waves.

    first: what `screening.first` puts forward, in the end everything; urgent: most reported, then oldest.

    `vault` opens addresses for masking only. What these `eyes` have an open opinion on does not wait for them.
    Raises InvalidCursor, and ValueError for an unknown view or sort.
    """
    if status not in VIEWS or sort not in SORTS:
        raise ValueError(f"view is one of {', '.join(VIEWS)}; sort is one of {', '.join(SORTS)}")
    limit = max(1, min(limit, MOST_ITEMS))
    statement = _ordered(select(Comment).where(_for_eyes(status, site_ids, eyes)), sort)
    if grouped and status == "pending":
        statement = statement.where(stands_for_its_group(eyes))
    if besides:
        statement = statement.where(or_(Comment.wave_id.is_(None), Comment.wave_id.not_in(besides)))
    if cursor:
        statement = statement.where(_after(cursor, sort))
    rows = session.scalars(statement.limit(limit + 1)).all()
    page = rows[:limit]
    more = write_cursor(sort, _keys(page[-1], sort)) if len(rows) > limit else None
    return QueuePage(tuple(put_into_context(session, page, vault)), more)


def find_item(session: Session, public_id: str, *, vault: AddressVault, site_ids: SiteIds) -> Item | None:
    """One comment in its context, or None where there is none of this id on these sites."""
    row = session.scalar(select(Comment).where(Comment.public_id == public_id, of_sites(Comment.site_id, site_ids)))
    return None if row is None else put_into_context(session, [row], vault)[0]


def count_views(session: Session, site_ids: SiteIds, eyes: Eyes | None = None) -> dict[str, int]:
    """How many comments stand in each view, each counted up to COUNTED_TO."""
    counts = [_bounded(view, site_ids, eyes).label(view) for view in VIEWS]
    return dict(session.execute(select(*counts)).one()._mapping)


def _bounded(view: str, site_ids: SiteIds, eyes: Eyes | None) -> ColumnElement[int]:
    met = select(literal(1)).select_from(Comment).where(_for_eyes(view, site_ids, eyes))
    return select(func.count()).select_from(met.limit(COUNTED_TO).subquery()).scalar_subquery()


def _for_eyes(view: str, site_ids: SiteIds, eyes: Eyes | None) -> ColumnElement[bool]:
    """A view as one person sees it."""
    if view == "second_opinion":
        return and_((Comment.site_id + 0).in_(site_ids), is_open_for(eyes))
    if view == "mine":
        return and_((Comment.site_id + 0).in_(site_ids), is_assigned_to(eyes))
    everyones = _in_view(view, site_ids)
    return and_(everyones, ~has_own(eyes)) if eyes is not None and view in _TO_DECIDE else everyones


def _in_view(view: str, site_ids: SiteIds) -> ColumnElement[bool]:
    if view == "second_look":
        return and_((Comment.site_id + 0).in_(site_ids), is_asked_for())
    if view != "reported":
        return and_(of_sites(Comment.site_id, site_ids), Comment.status == view)
    still_open = select(Report.comment_id).where(Report.settled_at.is_(None))
    # `+ 0` keeps SQLite from walking through all approved comments of the sites instead of the few reported ones.
    of_these_sites = (Comment.site_id + 0).in_(site_ids)
    return and_(Comment.id.in_(still_open), of_these_sites, Comment.status.in_(["pending", "approved"]))


def _ordered(statement: Select[Any], sort: str) -> Select[Any]:
    if sort == "newest":
        return statement.order_by(Comment.created_at.desc(), Comment.id.desc())
    if sort == "urgent":
        return statement.order_by(Comment.reports.desc(), Comment.created_at, Comment.id)
    if sort == "first":
        return statement.order_by(_LOOK_AT, Comment.id)
    return statement.order_by(Comment.created_at, Comment.id)


def _keys(comment: Comment, sort: str) -> list[int]:
    moment = (comment.look_at or comment.created_at) if sort == "first" else comment.created_at
    keys = [to_microseconds(moment), comment.id]
    return [comment.reports, *keys] if sort == "urgent" else keys


def _after(cursor: str, sort: str) -> ColumnElement[bool]:
    """Rows behind the cursor's. Written out instead of as a row value, whose comparison mixes directions wrongly.

    The bound on the moment comes first and alone, so that an index can begin there.
    """
    *reports, micros, last_id = read_cursor(cursor, sort, 3 if sort == "urgent" else 2)
    try:
        moment = from_microseconds(micros)
    except OverflowError:
        moment = from_microseconds(0)
    if sort == "newest":
        return and_(Comment.created_at <= moment, or_(Comment.created_at < moment, Comment.id < last_id))
    stands: Any = _LOOK_AT if sort == "first" else Comment.created_at
    later = and_(stands >= moment, or_(stands > moment, Comment.id > last_id))
    return or_(Comment.reports < reports[0], and_(Comment.reports == reports[0], later)) if reports else later
