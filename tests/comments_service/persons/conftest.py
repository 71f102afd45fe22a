"""Gives the tests of this folder newsrooms and somebody who answers for privacy there."""

from collections.abc import Iterator

import pytest

from tests.comments_service.persons.officer import Officer
from tests.comments_service.web.newsroom_fixtures import MakeNewsroom, make_newsroom
from tests.comments_service.web.post_office import opened

__all__ = ["make_newsroom"]


@pytest.fixture
def officer(make_newsroom: MakeNewsroom) -> Iterator[Officer]:
    """A newsroom on SQLite."""
    with opened(make_newsroom) as office:
        yield Officer(office)


@pytest.fixture(params=["sqlite", "postgresql"])
def any_officer(request: pytest.FixtureRequest, make_newsroom: MakeNewsroom) -> Iterator[Officer]:
    """A newsroom on each database that we run on."""
    with opened(make_newsroom, request.param) as office:
        yield Officer(office)


@pytest.fixture
def postgres_officer(make_newsroom: MakeNewsroom) -> Iterator[Officer]:
    """A newsroom on PostgreSQL."""
    with opened(make_newsroom, "postgresql") as office:
        yield Officer(office)
