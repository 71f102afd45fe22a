"""Real installations for the tests of this folder."""

from tests.comments_service.exporters.installations import installation, other_installation

__all__ = ["installation", "other_installation"]
