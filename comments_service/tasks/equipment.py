"""What a group of kinds of work is done with."""

from collections.abc import Callable
from dataclasses import dataclass

from comments_service.outbox.handlers import Handlers


def _no_model() -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Equipment:
    """Handlers by kind, and the digest of the model that they use now (None: they use none, or it cannot be loaded)."""

    handlers: Handlers
    model: Callable[[], str | None] = _no_model
