"""The page on which an author reads what happened to a comment, and why, and objects. A plain form, no login."""

from comments_service.web.status_pages.pages import blueprint

__all__ = ["blueprint"]
