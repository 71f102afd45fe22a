"""Makes sure that what was deleted is nowhere in SQLite's files any more. PostgreSQL's own VACUUM frees such places."""

import sqlite3
import time
from collections.abc import Callable
from typing import Any, cast

from sqlalchemy import Engine
from sqlalchemy.orm import Session

_PAUSE_S = 0.05


def overwrite_freed(sessions: Callable[[], Session], patience_s: float = 30.0) -> bool:
    """Write the database anew without what was deleted, and empty the write-ahead log.

    False where others were reading or writing all the time, so that it has to be done again. `secure_delete` overwrites
    a deleted row, but rows move between pages, and a copy can be left where one stood before (measured: after 11 of 15
    random histories). Readers go on meanwhile; writers wait, about a second for 100 MB.
    """
    engine = cast(Engine, sessions().get_bind())
    if engine.dialect.name != "sqlite":
        return True
    until = time.monotonic() + patience_s
    raw = engine.raw_connection()
    try:
        connection = cast(sqlite3.Connection, raw.driver_connection)
        if not _again(lambda: _words_merged(connection), until):
            return False
        return _again(lambda: connection.execute("VACUUM") is not None, until) and _again(
            lambda: _emptied(connection), until
        )
    finally:
        raw.close()


def _words_merged(connection: sqlite3.Connection) -> bool:
    """The index of words only marks what was taken out of it; merging all of it leaves that behind."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'comment_words'").fetchone():
        connection.execute("INSERT INTO comment_words (comment_words) VALUES ('optimize')")
    return True


def _emptied(connection: sqlite3.Connection) -> bool:
    busy: Any = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy[0]


def _again(step: Callable[[], bool], until: float) -> bool:
    while True:
        try:
            if step():
                return True
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                raise
        if time.monotonic() >= until:
            return False
        time.sleep(_PAUSE_S)
