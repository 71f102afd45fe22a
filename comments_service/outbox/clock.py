"""The database's clock, in microseconds since 1970-01-01 UTC: the only clock that leases are measured by.

Workers on several machines disagree about the time; they all ask the same database.
"""

from typing import Any

from sqlalchemy import BigInteger, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.functions import FunctionElement

SECOND = 1_000_000  # microseconds


class database_now(FunctionElement[int]):
    """Microseconds since 1970-01-01 UTC by the database's own clock."""

    type = BigInteger()
    inherit_cache = True


@compiles(database_now, "sqlite")
def _sqlite(_element: Any, _compiler: Any, **_: Any) -> str:
    # SQLite's clock ticks in milliseconds, but julianday() is a float that cannot hold microseconds (its last bit
    # is 40 of them). Rounding to the millisecond first gives back exactly what the clock said. `unixepoch` with
    # 'subsec' would be shorter, but needs SQLite 3.42, and Debian 12 ships 3.40.
    return "(CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000)"


@compiles(database_now, "postgresql")
def _postgresql(_element: Any, _compiler: Any, **_: Any) -> str:
    # Not now(): that is the time at which the transaction began, however long ago that is.
    return "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)"


def after(seconds: float) -> ColumnElement[int]:
    """`seconds` from now (negative: ago) by the database's clock."""
    return database_now() + literal(int(seconds * SECOND), BigInteger)
