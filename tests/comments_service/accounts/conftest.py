"""Gives the tests of this folder their stage."""

from tests.comments_service.moderation.stage import stage, stage_anywhere

__all__ = ["stage", "stage_anywhere"]
