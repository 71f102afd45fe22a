"""What a process needs to do the domain's work: settings, keys, sessions, clock. No Flask, no Celery."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from comments_service.privacy.addresses import AddressVault
from comments_service.privacy.keys import Keys
from comments_service.settings import Settings
from comments_service.storage.engine import open_engine, reading, session_factory, transaction


def utc_now() -> datetime:
    """This machine's clock. Leases use the database's instead (`outbox.claim`)."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Runtime:
    """One process's means. `sessions` makes sessions: Flask-SQLAlchemy's in the web, plain ones elsewhere."""

    settings: Settings
    keys: Keys
    vault: AddressVault
    sessions: Callable[[], Session]
    clock: Callable[[], datetime] = field(default=utc_now)

    def transaction(self) -> AbstractContextManager[Session]:
        """One writing transaction: commits at the end of the block, rolls back on any exception."""
        return transaction(self.sessions)

    def reading(self) -> AbstractContextManager[Session]:
        """One consistent view of the database for reading."""
        return reading(self.sessions)


def open_runtime(settings: Settings, sessions: Callable[[], Session] | None = None) -> Runtime:
    """Runtime for `settings`; opens the database unless `sessions` is given."""
    keys = Keys.from_secret(settings.secret_key, list(settings.old_secret_keys))
    return Runtime(
        settings=settings,
        keys=keys,
        vault=AddressVault.from_keys(keys),
        sessions=sessions or session_factory(open_engine(settings.sqlalchemy_url)),
    )
