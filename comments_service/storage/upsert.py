"""Insert unless it is there already, in one statement, on every database we run on."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from comments_service.storage.base import Base


def insert_new(session: Session, table: type[Base], values: dict[str, Any], unique: list[str]) -> int | None:
    """Insert `values`; None where a row with the same `unique` columns stands already, else the new row's id.

    A plain "look, then insert" loses against a second process between the two steps.
    """
    statement: Any
    if session.get_bind().dialect.name == "postgresql":
        statement = postgresql.insert(table)
    else:
        statement = sqlite.insert(table)
    statement = statement.values(**values).on_conflict_do_nothing(index_elements=unique)
    new_id: int | None = session.scalar(statement.returning(table.__table__.c.id))
    return new_id
