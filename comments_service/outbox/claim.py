"""Takes promised work under a lease, and settles it: done, again later, or parked for a person.

A lease is a promise to be done by a moment of the database's clock. Whoever misses it is fenced out by its token, and
somebody else takes the row. Looking at what waits lives in `backlog`, removing what is done in `sweep`.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, or_, select, type_coerce, update
from sqlalchemy.orm import Session

from comments_service.outbox.clock import after, database_now
from comments_service.storage.tables import OutboxRow
from comments_service.storage.types import Moment

# Seconds. Fresh work goes before repeated work, but not for longer than this: a busy site would else never repeat any.
PATIENCE_S = 30.0


@dataclass(frozen=True)
class Claimed:
    """A row under lease. `tries` counts this time too; `token` is what `finish` and `fail` must show."""

    id: int
    kind: str
    key: str
    payload: dict[str, Any]
    tries: int
    token: str


def claim(session: Session, kind: str, limit: int, lease_s: float) -> list[Claimed]:
    """Take up to `limit` due rows of `kind` for `lease_s` seconds. Commit at once, before working on them.

    Rows that nobody tried yet come as a batch. A row that was tried before comes alone, so that a poisonous one
    can only take itself down. The try is counted here, not at the end: a killed worker counts as a try.
    """
    tried = and_(open_and_free(kind), OutboxRow.tries > 0)
    ids = (
        _locked(session, and_(tried, OutboxRow.due_at <= _moment(after(-PATIENCE_S))), 1)
        or _locked(session, and_(open_and_free(kind), OutboxRow.tries == 0), limit)
        or _locked(session, tried, 1)
    )
    return _lease(session, ids, lease_s) if ids else []


def finish(session: Session, row_id: int, token: str) -> bool:
    """The work is done. False: the lease was lost and somebody else took over, so undo what you did."""
    statement = (
        update(OutboxRow)
        .where(_held(row_id, token))
        .values(done_at=database_now(), lease_until=None, lease_token=None, last_error=None)
    )
    return _changed(session, statement)


def fail(session: Session, row_id: int, token: str, error: str, *, max_tries: int, retry_s: float) -> bool:
    """The work failed. It is due again after `retry_s` seconds, or parked when this was try number `max_tries`.

    True when it was parked. `error` is shown to moderators: pass `errors.summary`. A lost lease changes nothing.
    """
    spent = OutboxRow.tries >= max_tries
    statement = (
        update(OutboxRow)
        .where(_held(row_id, token))
        .values(
            last_error=error,
            lease_until=None,
            lease_token=None,
            due_at=case((spent, OutboxRow.due_at), else_=_moment(after(retry_s))),
            parked_at=case((spent, _moment(database_now()))),
        )
        .returning(OutboxRow.parked_at)
        .execution_options(synchronize_session=False)
    )
    return session.execute(statement).scalar() is not None


def give_back(session: Session, row_id: int, token: str) -> None:
    """Return a row that was not worked on, without counting a try."""
    session.execute(
        update(OutboxRow)
        .where(_held(row_id, token))
        .values(tries=OutboxRow.tries - 1, lease_until=None, lease_token=None)
        .execution_options(synchronize_session=False)
    )


def park_spent(session: Session, kind: str, max_tries: int) -> list[Claimed]:
    """Park rows whose every try ended without a word: their workers were killed, or ran out of time. Returns them."""
    statement = (
        update(OutboxRow)
        .where(open_and_free(kind), OutboxRow.tries >= max_tries)
        .values(
            parked_at=database_now(),
            lease_until=None,
            lease_token=None,
            last_error=case(
                (
                    OutboxRow.last_error.is_(None),
                    "The worker that held this ended, or ran out of time, at every try.",
                ),
                else_=OutboxRow.last_error,
            ),
        )
        .returning(OutboxRow.id, OutboxRow.kind, OutboxRow.key, OutboxRow.payload, OutboxRow.tries)
        .execution_options(synchronize_session=False)
    )
    return _claimed(session, statement, token="")


def open_and_free(kind: str) -> ColumnElement[bool]:
    """Condition: rows of `kind` that are due and that nobody holds a living lease on."""
    now = _moment(database_now())
    return and_(
        OutboxRow.kind == kind,
        OutboxRow.done_at.is_(None),
        OutboxRow.parked_at.is_(None),
        OutboxRow.due_at <= now,
        or_(OutboxRow.lease_until.is_(None), OutboxRow.lease_until <= now),
    )


def _locked(session: Session, condition: ColumnElement[bool], limit: int) -> list[int]:
    # PostgreSQL: two workers take different rows without waiting for each other. SQLite has one writer at a time
    # and ignores the clause.
    statement = (
        select(OutboxRow.id)
        .where(condition)
        .order_by(OutboxRow.due_at, OutboxRow.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(session.scalars(statement))


def _lease(session: Session, ids: list[int], lease_s: float) -> list[Claimed]:
    token = secrets.token_hex(16)
    statement = (
        update(OutboxRow)
        .where(OutboxRow.id.in_(ids))
        .values(tries=OutboxRow.tries + 1, lease_until=after(lease_s), lease_token=token)
        .returning(OutboxRow.id, OutboxRow.kind, OutboxRow.key, OutboxRow.payload, OutboxRow.tries)
        .execution_options(synchronize_session=False)
    )
    # RETURNING promises no order; the oldest promise is kept first.
    return sorted(_claimed(session, statement, token), key=lambda row: row.id)


def _claimed(session: Session, statement: Any, token: str) -> list[Claimed]:
    rows = session.execute(statement)
    return [Claimed(row_id, kind, key, payload, tries, token) for row_id, kind, key, payload, tries in rows]


def _held(row_id: int, token: str) -> ColumnElement[bool]:
    return and_(
        OutboxRow.id == row_id,
        OutboxRow.lease_token == token,
        OutboxRow.done_at.is_(None),
        OutboxRow.parked_at.is_(None),
    )


def _changed(session: Session, statement: Any) -> bool:
    result: Any = session.execute(statement.execution_options(synchronize_session=False))
    return bool(result.rowcount == 1)


def _moment(expression: ColumnElement[int]) -> ColumnElement[Any]:
    return type_coerce(expression, Moment())
