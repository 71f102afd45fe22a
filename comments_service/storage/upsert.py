"""Insert statements made once: building one anew for every comment cost more than running it."""

from functools import cache
from typing import Any, cast

from sqlalchemy import Insert, Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from comments_service.storage.base import Base


def insert_row(session: Session, table: type[Base], values: dict[str, Any]) -> int:
    """Insert one row and return its id."""
    inserted = session.connection().execute(_insert(table), values).inserted_primary_key
    assert inserted is not None, "an insert of one row that did not fail returns its key"
    return int(inserted[0])


def insert_rows(session: Session, table: type[Base], rows: list[dict[str, Any]]) -> None:
    """Insert many rows with the same columns in one call; none is fine."""
    if rows:
        session.connection().execute(_insert(table), rows)


def insert_new(session: Session, table: type[Base], values: dict[str, Any], unique: list[str]) -> int | None:
    """Insert `values`; None where a row with the same `unique` columns stands already, else the new row's id.

    A plain "look, then insert" loses against a second process between the two steps.
    """
    connection = session.connection()
    statement = _insert_new(connection.dialect.name, table, tuple(unique))
    new_id: int | None = connection.execute(statement, values).scalar()
    return new_id


def put_row(session: Session, table: type[Base], values: dict[str, Any], unique: list[str]) -> None:
    """Insert `values`, or put them in place of those of the row with the same `unique` columns."""
    connection = session.connection()
    kept = tuple(name for name in values if name not in unique)
    connection.execute(_put(connection.dialect.name, table, tuple(unique), kept), values)


@cache
def _insert(table: type[Base]) -> Insert:
    return insert(cast(Table, table.__table__))


@cache
def _insert_new(dialect_name: str, table: type[Base], unique: tuple[str, ...]) -> Any:
    dialect: Any = postgresql if dialect_name == "postgresql" else sqlite
    statement = dialect.insert(table.__table__).on_conflict_do_nothing(index_elements=list(unique))
    return statement.returning(*table.__table__.primary_key)


@cache
def _put(dialect_name: str, table: type[Base], unique: tuple[str, ...], replaced: tuple[str, ...]) -> Any:
    dialect: Any = postgresql if dialect_name == "postgresql" else sqlite
    statement = dialect.insert(table.__table__)
    changes = {name: statement.excluded[name] for name in replaced}
    return statement.on_conflict_do_update(index_elements=list(unique), set_=changes)
