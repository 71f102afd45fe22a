"""What a doorbell is. A ring says "there is work of this kind"; what the work is stands in the database alone.

Losing a ring costs the time until the relay looks next, never a comment. The Celery doorbell lives in `tasks`.
"""

from typing import Protocol, runtime_checkable


@runtime_checkable
class Doorbell(Protocol):
    """Wakes a worker. Both methods are safe to call from any thread and never raise."""

    def ring(self, kind: str) -> None:
        """Ask for a worker for `kind`; returns at once, whatever state the broker is in."""
        ...

    def fault(self) -> str | None:
        """Why the broker cannot be reached, in one line for an operator; None when it can. Takes up to 2 s."""
        ...


class SilentDoorbell:
    """Rings nobody: for commands and imports, after which the relay does the ringing."""

    def ring(self, kind: str) -> None:
        """Does nothing; the relay finds the work within its interval."""

    def fault(self) -> str | None:
        return None
