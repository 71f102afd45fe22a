"""Fixtures that every test may use, and the rules of the whole suite: loopback only, no silent skips.

How stacks are started is in `stacks`; what is particular to one folder's tests stays in that folder.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from pytest_socket import socket_allow_hosts

from comments_service.app import create_app
from comments_service.settings import load_settings
from comments_service.storage.engine import open_engine
from comments_service.storage.schema import upgrade
from tests.browser.pages.serve import PublisherSite
from tests.stacks.stack import KINDS, Stack, running

# How long one example takes says more about the machine than about the law. In CI, where the variable CI is set,
# hypothesis draws the same examples each time; a new counterexample is for the people who change the code.
settings.register_profile("unhurried", settings.get_profile("ci" if os.environ.get("CI") else "default"), deadline=None)
settings.load_profile("unhurried")

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def pytest_runtest_setup() -> None:
    # A test that reaches out of this machine tests somebody else's server.
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser its tests are skipped, each by its name."""
    if any(shutil.which(name) for name in BROWSERS):
        return
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With REQUIRE_ALL=1 a skip is a failure: what was not run was not shown to work."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if skipped and os.environ.get("REQUIRE_ALL") == "1":
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line(f"REQUIRE_ALL=1: {len(skipped)} skipped, which counts as failed", red=True)


@pytest.fixture(scope="session")
def sqlite_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The default installation, running: SQLite and a folder as broker."""
    with running("sqlite", tmp_path_factory.mktemp("sqlite")) as stack:
        yield stack


@pytest.fixture(scope="session")
def postgres_redis_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The arrangement of docker-compose.yml, running as processes: PostgreSQL and Redis."""
    with running("postgres_redis", tmp_path_factory.mktemp("postgres")) as stack:
        yield stack


@pytest.fixture(params=KINDS)
def stack(request: pytest.FixtureRequest) -> Stack:
    """Each of the two running installations in turn. Shared: leave it as you found it."""
    found: Stack = request.getfixturevalue(f"{request.param}_stack")
    return found


@pytest.fixture
def service(sqlite_stack: Stack) -> str:
    """The address of a running installation with the site `demo`."""
    return sqlite_stack.base_url


@pytest.fixture
def publisher(sqlite_stack: Stack) -> Iterator[PublisherSite]:
    """A publisher's web site whose pages embed the service's widget, and may."""
    with PublisherSite(sqlite_stack.base_url, "demo") as site:
        sqlite_stack.allow_origin("demo", site.origin)
        yield site


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """The service in this process, on a fresh SQLite, ringing nobody."""
    settings = load_settings(data_dir=tmp_path)
    engine = open_engine(settings.sqlalchemy_url)
    upgrade(engine)
    engine.dispose()
    return create_app(settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without cookies that talks to `app`."""
    return app.test_client()
