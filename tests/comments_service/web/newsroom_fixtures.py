"""Newsrooms as fixtures: one for each test, one for a whole file, one on each kind of database."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from comments_service.web.database import db
from tests.comments_service.web.newsroom import Newsroom, settings_for

MakeNewsroom = Callable[..., Newsroom]


def _close(newsroom: Newsroom) -> None:
    with newsroom.app.app_context():
        db.engine.dispose()


@pytest.fixture
def make_newsroom(tmp_path: Path) -> Iterator[MakeNewsroom]:
    """Makes newsrooms on SQLite: `make_newsroom(site_setting=…)`."""
    made: list[Newsroom] = []

    def make(kind: str = "sqlite", settings: dict[str, Any] | None = None, **site: Any) -> Newsroom:
        made.append(Newsroom(settings_for(kind, tmp_path / f"room-{len(made)}", **(settings or {})), **site))
        return made[-1]

    yield make
    for newsroom in made:
        _close(newsroom)


@pytest.fixture
def newsroom(make_newsroom: MakeNewsroom) -> Newsroom:
    """A newsroom of a test's own."""
    return make_newsroom()


@pytest.fixture(scope="module")
def shared_newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """One newsroom for a file's tests that only look, or that keep to URLs of their own."""
    made = Newsroom(settings_for("sqlite", tmp_path_factory.mktemp("shared")))
    yield made
    _close(made)


@pytest.fixture(params=["sqlite", "postgresql"])
def any_newsroom(request: pytest.FixtureRequest, make_newsroom: MakeNewsroom) -> Newsroom:
    """The same on each database that we run on."""
    return make_newsroom(request.param)
