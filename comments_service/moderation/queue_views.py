"""The queue's views: which comments stand in each, by status and by what else is asked of them; how many they are.

Filters, which a moderator adds to a view, are in `queue_filters`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, func, literal, select
from sqlalchemy.orm import Session, aliased

from comments_service.moderation.assigning import assigned_ids
from comments_service.moderation.narrowing import Narrowing
from comments_service.moderation.opinions import Eyes, has_own, opened_for
from comments_service.moderation.permissions import SiteIds, of_sites
from comments_service.moderation.second_looks import is_asked_for, present_looks
from comments_service.storage.tables import STATUSES, Comment, Report

# A badge says "999+": counting a million spam comments exactly would cost more than the page.
COUNTED_TO = 1000
# First comments are known by no index: a count asks so many of those that wait, and no more.
_ASKED_FOR_COUNT = 2000
# In thousandths, as stored: the model gives it between 20 % and 80 % that a person would remove the comment.
UNCERTAIN_FROM = 640


@dataclass(frozen=True, slots=True)
class View:
    """Comments of these statuses that a narrowing, if there is one, lets pass, as these eyes see them.

    `to_decide`: somebody works it off, so what a person has an open opinion on does not wait for them.
    """

    statuses: tuple[str, ...]
    to_decide: bool = False
    narrowing: Callable[[Eyes | None], Narrowing] | None = None

    def narrowings(self, eyes: Eyes | None) -> tuple[Narrowing, ...]:
        """What else than a status is asked of its comments."""
        return () if self.narrowing is None else (self.narrowing(eyes),)

    def hidden(self, eyes: Eyes | None) -> list[ColumnElement[bool]]:
        """What keeps comments of it from these eyes."""
        return [~has_own(eyes)] if eyes is not None and self.to_decide else []


def _reported(_eyes: Eyes | None) -> Narrowing:
    still_open = Report.settled_at.is_(None)
    return Narrowing(
        holds=select(Report.id).where(Report.comment_id == Comment.id, still_open).exists(),
        few=select(Report.comment_id).where(still_open).distinct(),
    )


def _second_look(_eyes: Eyes | None) -> Narrowing:
    return Narrowing(holds=is_asked_for(), few=present_looks())


def _second_opinion(eyes: Eyes | None) -> Narrowing:
    opened = opened_for(eyes)
    return Narrowing(holds=Comment.id.in_(opened), few=opened)


def _mine(eyes: Eyes | None) -> Narrowing:
    nobodys = select(Comment.id).where(false())
    assigned = nobodys if eyes is None else assigned_ids(eyes)
    return Narrowing(holds=Comment.id.in_(assigned), few=assigned)


def _uncertain(_eyes: Eyes | None) -> Narrowing:
    return Narrowing(-Comment.uncertainty <= -UNCERTAIN_FROM)


def _first_time(_eyes: Eyes | None) -> Narrowing:
    """By an address that has nothing approved here. Addresses belong to one site; without one nothing is known."""
    other = aliased(Comment)
    approved = select(other.id).where(other.address_id == Comment.address_id, other.status == "approved")
    return Narrowing(and_(Comment.address_id.is_not(None), ~approved.exists()))


_VIEWS = {
    "pending": View(("pending",), to_decide=True),
    "reported": View(("pending", "approved"), True, _reported),
    "uncertain": View(("pending",), True, _uncertain),
    "first_time": View(("pending",), True, _first_time),
    "second_look": View(STATUSES, True, _second_look),
    "second_opinion": View(STATUSES, False, _second_opinion),
    "mine": View(STATUSES, False, _mine),
    **{status: View((status,)) for status in ("approved", "rejected", "spam", "deleted")},
    "all": View(STATUSES),
}
VIEWS = tuple(_VIEWS)


def view_of(name: str) -> View:
    """The view of this name. Raises KeyError."""
    return _VIEWS[name]


def count_views(session: Session, site_ids: SiteIds, eyes: Eyes | None = None) -> dict[str, int]:
    """How many comments stand in each view, each counted up to COUNTED_TO."""
    counts = [_bounded(view, site_ids, eyes).label(name) for name, view in _VIEWS.items()]
    return dict(session.execute(select(*counts)).one()._mapping)


def _bounded(view: View, site_ids: SiteIds, eyes: Eyes | None) -> ColumnElement[int]:
    narrowings = view.narrowings(eyes)
    few = [narrowing.few for narrowing in narrowings if narrowing.few is not None]
    found = select(literal(1)).select_from(Comment).where(Comment.status.in_(view.statuses), *view.hidden(eyes))
    if few:
        # `+ 0` keeps SQLite from walking through all approved comments of the sites instead of the few reported ones.
        found = found.where((Comment.site_id + 0).in_(site_ids), *(Comment.id.in_(ids) for ids in few))
    elif view.narrowing is _first_time:
        asked = aliased(Comment)
        first = select(asked.id).where(of_sites(asked.site_id, site_ids), asked.status.in_(view.statuses))
        found = found.where(Comment.id.in_(first.limit(_ASKED_FOR_COUNT)))
        found = found.where(*(one.holds for one in narrowings))
    else:
        found = found.where(of_sites(Comment.site_id, site_ids), *(one.holds for one in narrowings))
    return select(func.count()).select_from(found.limit(COUNTED_TO).subquery()).scalar_subquery()
