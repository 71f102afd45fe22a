"""The stage of the review desk, for what is set up there."""

from tests.comments_service.moderation.stage import stage

__all__ = ["stage"]
