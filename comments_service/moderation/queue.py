"""The review queue: a page of a view, narrowed by filters, in an order. What is in a view is in `queue_views`.

What is known about each comment is put together in `context`; deciding happens in `bulk`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from comments_service.moderation.alike import stands_for_its_group
from comments_service.moderation.context import Item, put_into_context
from comments_service.moderation.opinions import Eyes
from comments_service.moderation.permissions import SiteIds, of_sites
from comments_service.moderation.queue_filters import NO_FILTERS, Filters, narrowings_of
from comments_service.moderation.queue_order import ORDERS, Keys
from comments_service.moderation.queue_views import View, view_of
from comments_service.moderation.queue_walk import Wanted, find
from comments_service.privacy.addresses import AddressVault
from comments_service.storage.tables import Comment

MOST_ITEMS = 100


@dataclass(frozen=True)
class QueuePage:
    """One page of a view. `next_cursor` is None on the last one.

    `unfinished`: so many comments were looked at that the page may be short, even empty; more may follow.
    """

    items: tuple[Item, ...]
    next_cursor: str | None
    unfinished: bool = False


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
    filters: Filters = NO_FILTERS,
) -> QueuePage:
    """A page of one of `queue_views.VIEWS`, sorted by one of `queue_order.SORTS`.

    `grouped`: of waiting comments that are alike only the first (`alike`). `besides`: without those of these waves.

    first: what `screening.first` puts forward, in the end everything; urgent: most reported, then oldest; uncertain:
    what the model could tell least about; read: of the articles with the most published comments.

    `vault` opens addresses for masking only. What these `eyes` have an open opinion on does not wait for them.
    Raises InvalidCursor, KeyError for an unknown view or sort, and NoSuchComment where a filter names a comment that
    is not on these sites.
    """
    limit, view, order = max(1, min(limit, MOST_ITEMS)), view_of(status), ORDERS[sort]
    wanted = Wanted(
        site_ids,
        view.statuses,
        (*view.narrowings(eyes), *narrowings_of(session, filters, site_ids)),
        order,
        order.read(cursor),
        always=_kept_out(view, grouped and status == "pending", eyes, besides),
    )
    found = find(session, wanted, limit + 1)
    page = found.rows[:limit]
    unfinished = found.looked_to is not None and len(found.rows) <= limit
    more = found.looked_to if unfinished else page[-1] if len(found.rows) > limit else None
    items = tuple(put_into_context(session, _comments(session, page), vault))
    return QueuePage(items, None if more is None else order.write(more), unfinished)


def find_item(session: Session, public_id: str, *, vault: AddressVault, site_ids: SiteIds) -> Item | None:
    """One comment in its context, or None where there is none of this id on these sites."""
    row = session.scalar(select(Comment).where(Comment.public_id == public_id, of_sites(Comment.site_id, site_ids)))
    return None if row is None else put_into_context(session, [row], vault)[0]


def _kept_out(view: View, grouped: bool, eyes: Eyes | None, besides: Sequence[int]) -> tuple[ColumnElement[bool], ...]:
    kept = view.hidden(eyes)
    if grouped:
        kept.append(stands_for_its_group(eyes))
    if besides:
        kept.append(or_(Comment.wave_id.is_(None), Comment.wave_id.not_in(besides)))
    return tuple(kept)


def _comments(session: Session, page: list[Keys]) -> list[Comment]:
    ids = [keys[-1] for keys in page]
    by_id = {row.id: row for row in session.scalars(select(Comment).where(Comment.id.in_(ids)))}
    return [by_id[comment_id] for comment_id in ids if comment_id in by_id]
