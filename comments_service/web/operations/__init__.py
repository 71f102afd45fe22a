"""For those who run the service: is it alive, is it ready, how much is waiting. No addresses, comments or secrets."""

from comments_service.web.operations.blueprint import blueprint

__all__ = ["blueprint"]
