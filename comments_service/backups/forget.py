"""A restored backup forgets whoever was erased after it was made, before anybody can read it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.orm import Session

from comments_service.backups.manifest import BackupError
from comments_service.persons.tombstones import DamagedFile, gather, replay


def keep_tombstones(engine: Engine, data_dir: Path) -> None:
    """Note in the data folder which erasures only the database knows that is about to be replaced."""
    with Session(engine) as session, _plain_errors(data_dir):
        if inspect(session.connection()).has_table("erasures"):
            gather(session, data_dir)


def forget_again(connection: Connection, data_dir: Path, now: datetime) -> int:
    """Erase within the connection's transaction whom the data folder's tombstones name; how many persons were there."""
    with Session(connection) as session, _plain_errors(data_dir):
        return replay(_Draft(session, lambda: now), data_dir)


class _Draft:
    """The means of erasing in a database that is not in its place yet: all of it is one transaction."""

    def __init__(self, session: Session, clock: Callable[[], datetime]) -> None:
        self._session, self.clock = session, clock

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        yield self._session
        self._session.flush()
        self._session.expire_all()

    reading = transaction


@contextmanager
def _plain_errors(data_dir: Path) -> Iterator[None]:
    try:
        yield
    except DamagedFile as error:
        raise BackupError(str(error)) from None
    except OSError as error:
        raise BackupError(
            f"{data_dir}: the note of erasures cannot be used ({error.strerror}); nothing changed"
        ) from None
