"""Newsrooms for the tests of this folder."""

from tests.comments_service.web.newsroom_fixtures import any_newsroom, make_newsroom, newsroom, shared_newsroom

__all__ = ["any_newsroom", "make_newsroom", "newsroom", "shared_newsroom"]
