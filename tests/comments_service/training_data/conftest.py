"""Real installations and newsrooms for the tests of this folder."""

from tests.comments_service.exporters.installations import installation, other_installation
from tests.comments_service.web.newsroom_fixtures import any_newsroom, make_newsroom, newsroom, shared_newsroom

__all__ = ["any_newsroom", "installation", "make_newsroom", "newsroom", "other_installation", "shared_newsroom"]
