"""Views of the queue under a name: a moderator's own, and those an editor shares with the team.

What a view holds is a query that the desk reads again as it reads an address; nothing of it is understood here.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from comments_service.moderation.permissions import SiteIds
from comments_service.storage.tables import SavedView
from comments_service.storage.upsert import insert_row

LONGEST_NAME = 80  # characters
MOST_VIEWS = 30  # of one moderator


class ViewError(ValueError):
    """A view that cannot be kept: `code` is name, many or role."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who asks: their number, whether they may share, and the sites that they see (`bound_to`: if only one)."""

    moderator_id: int
    may_share: bool
    site_ids: SiteIds
    bound_to: int | None


@dataclass(frozen=True, slots=True)
class Saved:
    """One view as it is listed. `own`: not somebody else's that is shared; `changeable` by who asks."""

    id: int
    name: str
    query: str
    shared: bool
    own: bool
    is_start: bool
    changeable: bool


def saved_views(session: Session, keeper: Keeper) -> list[Saved]:
    """What a moderator has kept, and what is shared with them, by name."""
    rows = session.scalars(select(SavedView).where(_visible(keeper)).order_by(SavedView.name, SavedView.id))
    return [_saved(row, keeper) for row in rows]


def start_query(session: Session, moderator_id: int) -> str | None:
    """The query of the view with which the desk opens for them; None where they chose none."""
    own = (SavedView.moderator_id == moderator_id, SavedView.is_start.is_(True))
    return session.scalar(select(SavedView.query).where(*own).limit(1))


def keep_view(
    session: Session, keeper: Keeper, name: str, query: str, *, shared: bool, site_id: int | None, now: datetime
) -> None:
    """Keep a view; `site_id` is the site it is about, None for all that its keeper sees. Raises ViewError."""
    if shared and not keeper.may_share:
        raise ViewError("role")
    how_many = select(func.count()).where(SavedView.moderator_id == keeper.moderator_id)
    if (session.scalar(how_many) or 0) >= MOST_VIEWS:
        raise ViewError("many")
    about = keeper.bound_to if site_id is None else site_id
    row = {"moderator_id": keeper.moderator_id, "site_id": about, "shared": shared, "is_start": False}
    insert_row(session, SavedView, {**row, "name": _checked(name), "query": query, "created_at": now})


def rename_view(session: Session, keeper: Keeper, view_id: int, name: str) -> bool:
    """False where there is no such view for them. Raises ViewError."""
    return _change(session, keeper, view_id, {"name": _checked(name)})


def start_with(session: Session, keeper: Keeper, view_id: int) -> bool:
    """Open the desk with this view of one's own; with none where it was the one already."""
    found = _found(session, keeper, view_id)
    if found is None or found.moderator_id != keeper.moderator_id:
        return False
    chosen = not found.is_start
    session.execute(update(SavedView).where(SavedView.moderator_id == keeper.moderator_id).values(is_start=False))
    return _change(session, keeper, view_id, {"is_start": chosen})


def remove_view(session: Session, keeper: Keeper, view_id: int) -> bool:
    """False where there is no such view for them. Raises ViewError where it is another's to remove."""
    if _found(session, keeper, view_id) is None:
        return False
    session.execute(delete(SavedView).where(SavedView.id == view_id))
    return True


def _change(session: Session, keeper: Keeper, view_id: int, values: dict[str, object]) -> bool:
    if _found(session, keeper, view_id) is None:
        return False
    session.execute(update(SavedView).where(SavedView.id == view_id).values(**values))
    return True


def _found(session: Session, keeper: Keeper, view_id: int) -> SavedView | None:
    """A view that they may change. Raises ViewError where they see it and may not."""
    row = session.scalar(select(SavedView).where(SavedView.id == view_id, _visible(keeper)))
    if row is not None and not _saved(row, keeper).changeable:
        raise ViewError("role")
    return row


def _visible(keeper: Keeper) -> ColumnElement[bool]:
    for_them = or_(SavedView.site_id.is_(None), SavedView.site_id.in_(keeper.site_ids))
    return or_(SavedView.moderator_id == keeper.moderator_id, and_(SavedView.shared.is_(True), for_them))


def _saved(row: SavedView, keeper: Keeper) -> Saved:
    own = row.moderator_id == keeper.moderator_id
    changeable = own or keeper.may_share
    return Saved(row.id, row.name, row.query, row.shared, own, own and row.is_start, changeable)


def _checked(name: str) -> str:
    kept = name.replace("\0", "").strip()
    if not 1 <= len(kept) <= LONGEST_NAME:
        raise ViewError("name")
    return kept
