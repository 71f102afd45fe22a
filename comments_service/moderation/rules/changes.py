"""The log of a site's rules, switches and thresholds: written here, never changed. Taking back is `undo`'s work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session, aliased

from comments_service.moderation.cursors import read_cursor, write_cursor
from comments_service.moderation.permissions import SiteIds, of_sites
from comments_service.storage.tables import Moderator, RuleChange, Site
from comments_service.storage.upsert import insert_row

_ORDER = "rule-changes"


@dataclass(frozen=True, slots=True)
class By:
    """Who changes something, and when. `moderator_id` None is the command line."""

    moderator_id: int | None
    now: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the log. `by` is empty for the command line; `undone` and `undoes` tell of taking back."""

    id: int
    site_key: str
    what: str
    subject: str
    was: Any
    became: Any
    note: str
    by: str
    created_at: datetime
    undone: bool
    undoes: bool


@dataclass(frozen=True, slots=True)
class ChangePage:
    """Lines of the log, newest first; `next_cursor` is None on the last page."""

    changes: tuple[Change, ...]
    next_cursor: str | None


def log_change(
    session: Session,
    site_id: int,
    what: str,
    subject: str,
    was: Any,
    became: Any,
    by: By,
    *,
    note: str = "",
    undo_of: int | None = None,
) -> int:
    """Write one line; its id. `was` and `became` are JSON values."""
    row = {
        "site_id": site_id,
        "moderator_id": by.moderator_id,
        "what": what,
        "subject": subject,
        "was": was,
        "became": became,
        "note": note,
        "undo_of": undo_of,
        "created_at": by.now,
    }
    return insert_row(session, RuleChange, row)


def rules_changed(session: Session, site_id: int) -> None:
    """Let every process read the site's rules anew with its next comment."""
    session.execute(
        update(Site)
        .where(Site.id == site_id)
        .values(rules_version=Site.rules_version + 1)
        .execution_options(synchronize_session=False)
    )


def changes(
    session: Session,
    *,
    site_ids: SiteIds,
    what: Sequence[str] = (),
    subjects: Sequence[str] = (),
    cursor: str | None = None,
    limit: int = 20,
) -> ChangePage:
    """The log of these sites, newest first, narrowed to kinds and subjects where given. Raises InvalidCursor."""
    undoing = aliased(RuleChange)
    undone = select(undoing.id).where(undoing.undo_of == RuleChange.id).exists()
    statement = (
        select(RuleChange, Site.key, Moderator.name, undone)
        .join(Site, Site.id == RuleChange.site_id)
        .outerjoin(Moderator, Moderator.id == RuleChange.moderator_id)
        .where(of_sites(RuleChange.site_id, site_ids))
        .order_by(RuleChange.id.desc())
        .limit(limit + 1)
    )
    if what:
        statement = statement.where(RuleChange.what.in_(what))
    if subjects:
        statement = statement.where(RuleChange.subject.in_(subjects))
    if cursor:
        statement = statement.where(RuleChange.id < read_cursor(cursor, _ORDER, 1)[0])
    rows = session.execute(statement).all()
    page = rows[:limit]
    more = write_cursor(_ORDER, [page[-1][0].id]) if len(rows) > limit else None
    return ChangePage(tuple(_line(*row) for row in page), more)


def _line(row: RuleChange, site: str, by: str | None, undone: bool) -> Change:
    return Change(
        row.id,
        site,
        row.what,
        row.subject,
        row.was,
        row.became,
        row.note,
        by or "",
        row.created_at,
        undone,
        row.undo_of is not None,
    )
