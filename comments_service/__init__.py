"""A comment section that a publisher runs themselves. `create_app` serves it alone, `CommentsService` inside an app."""

from comments_service.app import create_app
from comments_service.extension import CommentsService

__all__ = ["CommentsService", "__version__", "create_app"]

__version__ = "0.1.0"
