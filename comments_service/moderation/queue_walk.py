"""Finds the comments of a page by their numbers: along an order's index, or among the few that a narrowing leads to.

Both are bounded, whatever is asked for: a walk looks at MOST_LOOKED comments at most and then says how far it came;
what a narrowing leads to is sorted only where it is no more than that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true, union_all
from sqlalchemy.orm import Session

from comments_service.moderation.narrowing import Narrowing
from comments_service.moderation.permissions import SiteIds
from comments_service.moderation.queue_order import Keys, Order
from comments_service.storage.tables import Comment

MOST_LOOKED = 5000
_LOTS = (100, 400, 1500, 3000)  # how many comments a walk looks at in turn: together MOST_LOOKED
_MOST_STRETCHES = 60  # of an index in one statement; SQLite joins at most 500


@dataclass(frozen=True, slots=True)
class Found:
    """Keys of comments in order. `looked_to`: not everything was looked at, only what is no further than these."""

    rows: list[Keys]
    looked_to: Keys | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose comments, of which statuses, narrowed by what, in which order, behind which keys.

    `always` keeps out what is rare in any view, and is asked of every comment on the way.
    """

    site_ids: SiteIds
    statuses: tuple[str, ...]
    narrowings: tuple[Narrowing, ...]
    order: Order
    behind: Keys | None
    always: tuple[ColumnElement[bool], ...] = ()


def find(session: Session, wanted: Wanted, limit: int) -> Found:
    """The first `limit` of the wanted comments."""
    if not wanted.narrowings:
        return Found(_next_places(session, wanted, wanted.behind, limit))
    few = _fewest(session, wanted.narrowings)
    return _walk(session, wanted, limit) if few is None else Found(_among(session, wanted, few, limit))


def _fewest(session: Session, narrowings: Sequence[Narrowing]) -> Narrowing | None:
    """The narrowing that leads to the fewest comments; None where none leads to at most MOST_LOOKED."""
    sizes = []
    for place, narrowing in enumerate(narrowings):
        if narrowing.few is not None:
            bounded = narrowing.few.limit(MOST_LOOKED + 1).subquery()
            sizes.append((session.scalar(select(func.count()).select_from(bounded)) or 0, place))
    size, place = min(sizes, default=(MOST_LOOKED + 1, 0))
    return narrowings[place] if size <= MOST_LOOKED else None


def _among(session: Session, wanted: Wanted, few: Narrowing, limit: int) -> list[Keys]:
    """Sorted by the database: they are few."""
    assert few.few is not None, "chosen for its few"
    others = [narrowing.holds for narrowing in wanted.narrowings if narrowing is not few]
    stretches = [true() if stretch is None else stretch for stretch in wanted.order.behind(wanted.behind)]
    statement = select(*wanted.order.keys).where(
        Comment.id.in_(few.few),
        # `+ 0` keeps SQLite from going through the sites' comments instead of the few.
        (Comment.site_id + 0).in_(wanted.site_ids),
        Comment.status.in_(wanted.statuses),
        *wanted.always,
        *others,
        or_(*stretches),
    )
    return [tuple(row) for row in session.execute(wanted.order.put(statement).limit(limit))]


def _walk(session: Session, wanted: Wanted, limit: int) -> Found:
    """Along the index in growing lots, keeping what every narrowing lets pass."""
    met: list[Keys] = []
    behind = wanted.behind
    for lot in _LOTS:
        places = _next_places(session, wanted, behind, lot)
        if places:
            behind = places[-1]
            passed = _passed(session, wanted.narrowings, [place[-1] for place in places])
            met += [place for place in places if place[-1] in passed]
        if len(met) >= limit or len(places) < lot:
            return Found(met[:limit])
    return Found(met, looked_to=behind)


def _passed(session: Session, narrowings: Sequence[Narrowing], ids: list[int]) -> set[int]:
    met = and_(*(narrowing.holds for narrowing in narrowings))
    return set(session.scalars(select(Comment.id).where(Comment.id.in_(ids), met)))


def _next_places(session: Session, wanted: Wanted, behind: Keys | None, limit: int) -> list[Keys]:
    """The next `limit` comments of sites and statuses, whatever else they are.

    Each site and status is a stretch of the index of its own, read from its beginning and no further than `limit`.
    """
    stretches = [
        _stretch(wanted, site_id, status, stretch).limit(limit)
        for site_id in wanted.site_ids
        for status in wanted.statuses
        for stretch in wanted.order.behind(behind)
    ]
    found: list[Keys] = []
    for begin in range(0, len(stretches), _MOST_STRETCHES):
        found += _read(session, stretches[begin : begin + _MOST_STRETCHES])
    return wanted.order.sort(found)[:limit]


def _stretch(wanted: Wanted, site_id: int, status: str, stretch: ColumnElement[bool] | None) -> Select[Any]:
    of_index = (Comment.site_id == site_id, Comment.status == status)
    statement = select(*wanted.order.keys).where(*of_index, *wanted.always)
    return wanted.order.put(statement if stretch is None else statement.where(stretch))


def _read(session: Session, stretches: Sequence[Select[Any]]) -> list[Keys]:
    if len(stretches) == 1:
        return [tuple(row) for row in session.execute(stretches[0])]
    together = union_all(*(select(stretch.subquery()) for stretch in stretches))
    return [tuple(row) for row in session.execute(together)]
