"""Promises work: one row, in the transaction of whatever makes the work necessary."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam
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
    values = {"kind": kind, "key": key, "payload": payload, "created_at": now, "tries": 0}
    connection = session.connection()
    if due_at is None:
        connection.execute(_insert_unless_there(connection.dialect.name, True), values)
    else:
        connection.execute(_insert_unless_there(connection.dialect.name, False), {**values, "due_at": due_at})


@cache
def _insert_unless_there(dialect_name: str, due_at_once: bool) -> Any:
    # Not "try to insert and catch": on PostgreSQL the caught error would have ended the caller's transaction.
    dialect: Any = postgresql if dialect_name == "postgresql" else sqlite
    statement = dialect.insert(OutboxRow.__table__).on_conflict_do_nothing(index_elements=["kind", "key"])
    given: dict[str, Any] = {name: bindparam(name) for name in ("kind", "key", "payload", "created_at", "tries")}
    return statement.values(**given, due_at=database_now() if due_at_once else bindparam("due_at"))
