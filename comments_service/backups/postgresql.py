"""Backup and restore of a PostgreSQL database with COPY: no program of PostgreSQL's own is needed on this machine."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData

from comments_service.backups.manifest import BackupError, Table

_FOLDER = "tables"


def dump(connection: Connection, folder: Path) -> list[Table]:
    """Write every table as the connection's one transaction sees it; gives the tables, parents first."""
    (folder / _FOLDER).mkdir(mode=0o700)
    connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    found = MetaData()
    found.reflect(connection)
    # What the database computes itself is not copied: it takes no values for it, and makes them anew.
    return [
        _dumped(connection, table.name, [column.name for column in table.columns if column.computed is None], folder)
        for table in found.sorted_tables
    ]


def _dumped(connection: Connection, name: str, columns: list[str], folder: Path) -> Table:
    rows = 0
    path = folder / _FOLDER / f"{name}.copy"
    with open(path, "wb", opener=_private) as file, _cursor(connection) as cursor:
        with cursor.copy(f"COPY {_quoted(name)} ({_listed(columns)}) TO STDOUT") as copy:
            for block in copy:
                # A line is a row: COPY's text format writes a line end within a value as "\\n".
                rows += bytes(block).count(b"\n")
                file.write(block)
        file.flush()
        os.fsync(file.fileno())
    return Table(name, tuple(columns), rows)


def load(connection: Connection, folder: Path, tables: tuple[Table, ...], version_table: str) -> None:
    """Fill the tables, which must be there and empty, in the connection's transaction. The schema's own row stays."""
    for table in tables:
        if table.name == version_table:
            continue
        into = f"COPY {_quoted(table.name)} ({_listed(table.columns)}) FROM STDIN"
        with _cursor(connection) as cursor, cursor.copy(into) as copy:
            for block in _blocks(folder / _FOLDER / f"{table.name}.copy"):
                copy.write(block)
        _go_on_counting(connection, table)


def counts(connection: Connection, tables: tuple[Table, ...]) -> dict[str, int]:
    """Rows by table, as they are now."""
    return {t.name: connection.exec_driver_sql(f"SELECT count(*) FROM {_quoted(t.name)}").scalar_one() for t in tables}


def _go_on_counting(connection: Connection, table: Table) -> None:
    """New rows get numbers after the restored ones."""
    if "id" not in table.columns:
        return
    name = _quoted(table.name)
    sequence = connection.exec_driver_sql("SELECT pg_get_serial_sequence(%s, 'id')", (name,)).scalar_one()
    if sequence is not None:
        connection.exec_driver_sql(
            f"SELECT setval(%s, coalesce((SELECT max(id) FROM {name}), 0) + 1, false)", (sequence,)
        )


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            yield block


def _cursor(connection: Connection) -> Any:
    driver = connection.connection.driver_connection
    if driver is None:
        raise BackupError("the database connection was lost; try again")
    return driver.cursor()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _listed(columns: list[str] | tuple[str, ...]) -> str:
    return ", ".join(_quoted(column) for column in columns)
