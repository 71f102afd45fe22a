"""How a process opens the database and runs transactions. SQLite's pragmas and its writing lock live here."""

import random
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

BUSY_TIMEOUT_MS = 5000


def engine_options(url: str) -> dict[str, Any]:
    """Keyword arguments for `create_engine`, the same for Flask-SQLAlchemy and for bare processes."""
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": BUSY_TIMEOUT_MS / 1000, "check_same_thread": False}}
    return {
        "pool_pre_ping": True,
        "pool_size": 10,
        "max_overflow": 10,
        "pool_timeout": 5,
        "connect_args": {"connect_timeout": 5},
    }


def open_engine(url: str) -> Engine:
    """A configured engine for processes without Flask (workers, relay, commands)."""
    engine = create_engine(url, **engine_options(url))
    configure(engine)
    return engine


def configure(engine: Engine) -> None:
    """Give an SQLite engine its pragmas and explicit transactions; other databases need nothing."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _prepare_connection)
    event.listen(engine, "begin", _begin)


def _prepare_connection(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver's own BEGIN is deferred and would fail with "database is locked" as soon as two writers
    # upgrade at once, busy timeout or not (measured: 1133 of 1200). So its transactions are off and ours are on.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")  # an acknowledged comment outlives a power cut
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")  # an erased address is overwritten, not merely unlinked
    cursor.execute("PRAGMA cache_size=-16000")
    cursor.close()


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    if writing:
        _begin_writing(connection.connection.dbapi_connection)
    else:
        connection.exec_driver_sql("BEGIN")


def _begin_writing(connection: Any) -> None:
    """Take the writing lock, asking again every few milliseconds for up to BUSY_TIMEOUT_MS.

    SQLite's own busy handler sleeps up to 100 ms between tries: beside a process that writes all the time, another got
    one turn in ten seconds (measured). Asking often, at random moments, gives everybody about the same chance.
    """
    until = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    connection.execute("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= until:
                    # As SQLAlchemy would raise it: whoever answers for a busy database knows only that.
                    raise OperationalError("BEGIN IMMEDIATE", None, error) from error
            time.sleep(random.uniform(0.0005, 0.003))
    finally:
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")


# SQLite has one writer at a time, and those who wait for it sleep and look again, for up to 100 ms and in no order:
# with eight threads the last of them waited 2 s (measured). Threads of one process queue here instead, and are woken.
_writer = threading.RLock()


def _turn(session: Session) -> AbstractContextManager[Any]:
    return _writer if session.get_bind().dialect.name == "sqlite" else nullcontext()


@contextmanager
def transaction(sessions: Callable[[], Session]) -> Iterator[Session]:
    """One writing transaction: commits at the end, rolls back on any exception, closes always."""
    session = sessions()
    with _turn(session):
        try:
            session.connection(execution_options={"writing": True})
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.close()


@contextmanager
def reading(sessions: Callable[[], Session]) -> Iterator[Session]:
    """One consistent view for reading; nothing is written."""
    session = sessions()
    try:
        yield session
    finally:
        session.close()  # ends the transaction too; not by rollback, which would empty the rows that were read


def session_factory(engine: Engine) -> Callable[[], Session]:
    """Sessions whose objects stay readable after commit, as the domain returns plain values anyway."""
    return sessionmaker(engine, expire_on_commit=False)
