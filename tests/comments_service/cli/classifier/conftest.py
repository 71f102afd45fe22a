"""Gives the tests of this folder newsrooms and somebody who types commands."""

import pytest

from tests.comments_service.cli.classifier.operator import Operator
from tests.comments_service.web.newsroom import Newsroom
from tests.comments_service.web.newsroom_fixtures import make_newsroom, newsroom

__all__ = ["make_newsroom", "newsroom"]


@pytest.fixture
def operator(newsroom: Newsroom) -> Operator:
    """Somebody who types commands on the test's own newsroom."""
    return Operator(newsroom)
