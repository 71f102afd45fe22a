"""A runtime on an empty, up-to-date database of each kind, without any process."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from comments_service.runtime import Runtime, open_runtime
from comments_service.settings import load_settings
from comments_service.storage.engine import open_engine, session_factory
from comments_service.storage.schema import upgrade
from tests.stacks.servers import new_postgres_database

DATABASES = ("sqlite", "postgresql")


@contextmanager
def fresh_runtime(kind: str, folder: Path, **settings: Any) -> Iterator[Runtime]:
    """A runtime on a new database of `kind`; its engine is closed at the end."""
    url = new_postgres_database() if kind == "postgresql" else ""
    chosen = load_settings(data_dir=folder, database_url=url, **settings)
    engine = open_engine(chosen.sqlalchemy_url)
    upgrade(engine)
    try:
        yield open_runtime(chosen, session_factory(engine))
    finally:
        engine.dispose()
