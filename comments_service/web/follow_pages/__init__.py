"""The pages that mails to followers lead to: confirm, and stop. Plain forms; what a click does, no link ever does."""

from comments_service.web.follow_pages.pages import blueprint

__all__ = ["blueprint"]
