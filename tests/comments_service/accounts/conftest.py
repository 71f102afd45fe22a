"""Gives the tests of this folder their stage."""

from tests.comments_service.moderation.stage import stage

__all__ = ["stage"]
