"""The decision log as moderators read it: of one comment, or of everything on their sites, newest first.

What was decided in one go is one entry there, and a list of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from comments_service.content.excerpt import excerpt
from comments_service.moderation.cursors import read_cursor, write_cursor
from comments_service.moderation.permissions import SiteIds, of_sites
from comments_service.moderation.transitions import MODERATOR
from comments_service.privacy.hide import find_addresses, hide_addresses
from comments_service.storage.tables import Comment, Decision, Moderator

_EXCERPT = 120  # characters
_ORDER = "log"
MOST_ENTRIES = 100


@dataclass(frozen=True)
class Entry:
    """One line of the log. `by` is the moderator's name; `undoable` says that it is the latest word and a person's.

    `batch` names what was decided together with it, and `together` says how many these are where the line stands for
    all of them (else 1).
    """

    id: int
    public_id: str
    author_name: str
    excerpt: str
    action: str
    actor: str
    by: str
    from_status: str
    to_status: str
    reason: str
    note: str
    model: str | None
    scores: dict[str, float] | None
    undo_of: int | None
    undoable: bool
    created_at: datetime
    batch: str | None = None
    together: int = 1


@dataclass(frozen=True)
class LogPage:
    """One page of the log. `next_cursor` is None on the last one."""

    entries: tuple[Entry, ...]
    next_cursor: str | None


def decision_log(
    session: Session, *, site_ids: SiteIds, cursor: str | None = None, limit: int = 50, batch: str | None = None
) -> LogPage:
    """The log of these sites, newest first; each batch as one entry, or (`batch`) one of them line by line.

    Raises InvalidCursor.
    """
    limit = max(1, min(limit, MOST_ENTRIES))
    chosen = _stands_alone(site_ids) if batch is None else Decision.batch == batch
    statement = _lines().where(of_sites(Decision.site_id, site_ids), chosen)
    if cursor:
        statement = statement.where(Decision.id < read_cursor(cursor, _ORDER, 1)[0])
    rows = session.execute(statement.order_by(Decision.id.desc()).limit(limit + 1)).all()
    page = rows[:limit]
    more = write_cursor(_ORDER, [page[-1][0].id]) if len(rows) > limit else None
    entries = _entries(session, page)
    return LogPage(tuple(_counted(session, entries, site_ids) if batch is None else entries), more)


def _stands_alone(site_ids: SiteIds) -> ColumnElement[bool]:
    """Decisions without a batch, and the latest of each batch."""
    other = aliased(Decision)
    latest = select(func.max(other.id)).where(other.batch == Decision.batch, of_sites(other.site_id, site_ids))
    return or_(Decision.batch.is_(None), Decision.id == latest.scalar_subquery())


def _counted(session: Session, entries: Sequence[Entry], site_ids: SiteIds) -> list[Entry]:
    batches = {entry.batch for entry in entries if entry.batch}
    rows = session.execute(
        select(Decision.batch, func.count().label("together"))
        .where(Decision.batch.in_(batches), of_sites(Decision.site_id, site_ids))
        .group_by(Decision.batch)
    )
    counts = {row.batch: row.together for row in rows}
    return [replace(entry, together=counts.get(entry.batch, 1)) for entry in entries]


def comment_log(session: Session, public_id: str, *, site_ids: SiteIds) -> list[Entry]:
    """Every decision about one comment, oldest first; empty where there is none of this id on these sites."""
    statement = (
        _lines().where(Comment.public_id == public_id, of_sites(Comment.site_id, site_ids)).order_by(Decision.id)
    )
    return _entries(session, session.execute(statement).all())


def _lines() -> "Select[*tuple[Any, ...]]":
    return (
        select(Decision, Comment.public_id, Comment.name, Comment.source, Comment.revision, Moderator.name)
        .join(Comment, Comment.id == Decision.comment_id)
        .outerjoin(Moderator, Moderator.id == Decision.moderator_id)
    )


def _entries(session: Session, rows: "Sequence[Row[*tuple[Any, ...]]]") -> list[Entry]:
    latest = _latest_ids(session, {row[0].comment_id for row in rows})
    return [
        Entry(
            id=decision.id,
            public_id=public_id,
            author_name=name,
            excerpt=excerpt(source, _EXCERPT, find_hidden=find_addresses),
            action=decision.action,
            actor=decision.actor,
            by=by or "",
            from_status=decision.from_status,
            to_status=decision.to_status,
            reason=decision.reason,
            note=hide_addresses(decision.note),
            model=decision.model,
            scores=decision.scores,
            undo_of=decision.undo_of,
            undoable=_undoable(decision, revision, latest),
            created_at=decision.created_at,
            batch=decision.batch,
        )
        for decision, public_id, name, source, revision, by in rows
    ]


def _undoable(decision: Decision, revision: int, latest: set[int]) -> bool:
    by_person = decision.actor == MODERATOR and decision.action != "undo"
    return by_person and decision.id in latest and decision.revision == revision


def _latest_ids(session: Session, comment_ids: Iterable[int]) -> set[int]:
    newest = aliased(Decision)
    statement = select(func.max(newest.id)).where(newest.comment_id.in_(list(comment_ids))).group_by(newest.comment_id)
    return set(session.scalars(statement))
