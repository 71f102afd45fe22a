"""Promises work: one row, in the transaction of whatever makes the work necessary."""

from datetime import datetime
from typing import Any

from sqlalchemy import Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from comments_service.outbox.clock import database_now
from comments_service.storage.tables import OutboxRow


def enqueue(
    session: Session, kind: str, key: str, payload: dict[str, Any], now: datetime, *, due_at: datetime | None = None
) -> None:
    """Promise the work `key` of `kind`, once: promising it again, even after it was done, changes nothing.

    `payload` is JSON. Without `due_at` the work is due at once, by the database's clock: a web machine whose clock
    runs ahead would otherwise delay every comment by the difference.
    """
    values = {
        "kind": kind,
        "key": key,
        "payload": payload,
        "created_at": now,
        "due_at": database_now() if due_at is None else due_at,
        "tries": 0,
    }
    session.execute(_insert_unless_there(session, values))


def _insert_unless_there(session: Session, values: dict[str, Any]) -> Insert:
    # Not "try to insert and catch": on PostgreSQL the caught error would have ended the caller's transaction.
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(OutboxRow).values(**values).on_conflict_do_nothing(index_elements=["kind", "key"])
    return sqlite.insert(OutboxRow).values(**values).on_conflict_do_nothing(index_elements=["kind", "key"])
