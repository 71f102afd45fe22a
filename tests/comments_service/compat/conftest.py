"""A newsroom with a program that has a key, for the tests of this folder."""

import pytest

from tests.comments_service.compat.callers import Caller
from tests.comments_service.web.newsroom import Newsroom
from tests.comments_service.web.newsroom_fixtures import any_newsroom, make_newsroom, newsroom, shared_newsroom

__all__ = ["any_newsroom", "make_newsroom", "newsroom", "shared_newsroom"]


@pytest.fixture(scope="module")
def caller(shared_newsroom: Newsroom) -> Caller:
    """A program that asks the model that ships."""
    return Caller(shared_newsroom)
