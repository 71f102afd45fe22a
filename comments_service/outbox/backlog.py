"""What waits and what is parked, for whoever watches: relay, metrics, doctor, desk. Changes nothing but `retry`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select, type_coerce, update
from sqlalchemy.orm import Session

from comments_service.outbox.clock import SECOND, database_now
from comments_service.storage.tables import OutboxRow
from comments_service.storage.types import Moment


@dataclass(frozen=True)
class Backlog:
    """Due rows of one kind that are not done: how many, and for how many seconds the oldest has been due."""

    count: int
    oldest_s: float


@dataclass(frozen=True)
class Parked:
    """A row that failed too often, with the last error (no addresses in it)."""

    id: int
    kind: str
    key: str
    tries: int
    error: str
    parked_at: datetime | None


_UNDONE = and_(OutboxRow.done_at.is_(None), OutboxRow.parked_at.is_(None))


def waiting(session: Session) -> dict[str, Backlog]:
    """What is due by kind, whether or not somebody is at it just now."""
    now = database_now()
    oldest: Any = now - type_coerce(func.min(OutboxRow.due_at), now.type)
    statement = (
        select(OutboxRow.kind, func.count(), oldest)
        .where(_UNDONE, OutboxRow.due_at <= type_coerce(now, Moment()))
        .group_by(OutboxRow.kind)
    )
    return {kind: Backlog(count, max(0.0, age / SECOND)) for kind, count, age in session.execute(statement)}


def takeable(session: Session) -> list[str]:
    """Kinds of which at least one row is due and under no living lease: somebody should be rung."""
    now = type_coerce(database_now(), Moment())
    free = OutboxRow.lease_until.is_(None) | (OutboxRow.lease_until <= now)
    statement = select(OutboxRow.kind).where(_UNDONE, OutboxRow.due_at <= now, free).distinct()
    return sorted(session.scalars(statement))


def parked(session: Session, limit: int = 100) -> list[Parked]:
    """Rows that wait for a person, newest first."""
    statement = (
        select(OutboxRow.id, OutboxRow.kind, OutboxRow.key, OutboxRow.tries, OutboxRow.last_error, OutboxRow.parked_at)
        .where(OutboxRow.parked_at.is_not(None))
        .order_by(OutboxRow.parked_at.desc(), OutboxRow.id.desc())
        .limit(limit)
    )
    return [
        Parked(row_id, kind, key, tries, error or "", at)
        for row_id, kind, key, tries, error, at in session.execute(statement)
    ]


def parked_count(session: Session) -> int:
    """How many rows wait for a person."""
    return session.scalar(select(func.count()).where(OutboxRow.parked_at.is_not(None))) or 0


def retry(session: Session, row_id: int) -> bool:
    """Let a parked row be tried again from the beginning. False when there is no such parked row."""
    result: Any = session.execute(
        update(OutboxRow)
        .where(OutboxRow.id == row_id, OutboxRow.parked_at.is_not(None))
        .values(parked_at=None, tries=0, due_at=database_now())
        .execution_options(synchronize_session=False)
    )
    return bool(result.rowcount == 1)
