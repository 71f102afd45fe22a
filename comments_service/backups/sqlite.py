"""Backup and restore of an SQLite database, while others write to it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from comments_service.backups.manifest import BackupError, Table

FILE = "database.sqlite"


def dump(database: Path, folder: Path) -> list[Table]:
    """Write one consistent state of `database` into `folder`, checked; gives its tables.

    `VACUUM INTO` reads in one transaction, so writers go on, and leaves out the pages of deleted rows.
    """
    target = folder / FILE
    with closing(sqlite3.connect(database, timeout=30)) as source:
        source.execute("VACUUM INTO ?", (str(target),))
    os.chmod(target, 0o600)
    tables = tables_of(target)
    with target.open("rb") as file:
        os.fsync(file.fileno())
    return tables


def tables_of(path: Path) -> list[Table]:
    """The tables of a database file with their columns and row counts. Raises BackupError where it is damaged."""
    try:
        with closing(sqlite3.connect(path)) as copy:
            if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise BackupError(f"{path}: the database is damaged; `comments-service doctor` says more")
            if copy.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise BackupError(f"{path}: rows refer to rows that are not there; the database is damaged")
            names = copy.execute(
                "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%' ORDER BY 1"
            )
            return [_table(copy, name) for (name,) in names.fetchall()]
    except sqlite3.DatabaseError as error:
        raise BackupError(f"{path}: not a database that can be read ({error})") from None


def _table(copy: sqlite3.Connection, name: str) -> Table:
    columns = tuple(row[1] for row in copy.execute(f'PRAGMA table_info("{name}")'))
    return Table(name, columns, copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])


@contextmanager
def restored(folder: Path, database: Path, now: datetime) -> Iterator[Path]:
    """A copy of the backup's database beside `database`, to be finished by the caller; at the end it takes its place.

    What was there before is kept under another name. If the caller fails, nothing has changed.
    """
    draft = database.with_name(f".{database.name}.restoring")
    try:
        with (folder / FILE).open("rb") as source, draft.open("wb") as target:
            os.chmod(draft, 0o600)
            while block := source.read(1 << 20):
                target.write(block)
        yield draft
        _settle(draft)
        _set_aside(database, now)
        draft.rename(database)
    finally:
        for rest in (draft, *_beside(draft)):
            rest.unlink(missing_ok=True)


def _settle(draft: Path) -> None:
    """Everything into the one file, and the file onto the disk, before it may be renamed."""
    with closing(sqlite3.connect(draft)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    with draft.open("rb") as file:
        os.fsync(file.fileno())


def _set_aside(database: Path, now: datetime) -> None:
    if not database.exists():
        return
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.rename(database.with_name(f"{database.name}.before-{now:%Y%m%dT%H%M%SZ}"))
    for rest in _beside(database):
        rest.unlink(missing_ok=True)


def _beside(database: Path) -> tuple[Path, Path]:
    return database.with_name(f"{database.name}-wal"), database.with_name(f"{database.name}-shm")
