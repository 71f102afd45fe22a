"""The doorbell that rings Celery workers, from any thread, without ever making the ringer wait."""

import os
import threading
import time

import structlog
from celery import Celery

from comments_service.outbox.errors import summary
from comments_service.settings import Settings
from comments_service.tasks.celery_app import celery_app
from comments_service.tasks.celery_app import ring as publish

log = structlog.get_logger(__name__)

# Between two rings. A worker takes all that waits, so what arrives meanwhile needs one ring; without the pause a busy
# web process spent a sixth of its time on ringing (measured).
PAUSE_S = 0.05


class CeleryDoorbell:
    """Notes which kinds to ring; one daemon thread publishes. Implements `outbox.doorbell.Doorbell`.

    A request must not wait for a broker: a frozen Redis held publishers for 90 s. What cannot be published is
    dropped, as the relay rings for whatever is due anyway. Rings for one kind coalesce, so nothing can pile up.
    """

    def __init__(self, celery: Celery) -> None:
        self._celery = celery
        self._forget()
        # A fork copies locks in the state they are in and no threads: the child starts afresh.
        os.register_at_fork(after_in_child=self._forget)

    def _forget(self) -> None:
        self._wanted: set[str] = set()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def ring(self, kind: str) -> None:
        """Ask for a worker for `kind`; returns at once. Call it after the commit, not before."""
        with self._changed:
            self._wanted.add(kind)
            if self._thread is None:
                self._thread = threading.Thread(target=self._publish_for_ever, name="doorbell", daemon=True)
                self._thread.start()
            self._changed.notify()

    def fault(self) -> str | None:
        """Why the broker cannot be reached, in one line; None when it can."""
        try:
            with self._celery.connection_for_write() as connection:
                connection.ensure_connection(max_retries=1, interval_start=0, interval_step=0, timeout=2)
        except Exception as error:
            return summary(error)
        return None

    def _publish_for_ever(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._wanted)
                kinds, self._wanted = self._wanted, set()
            for kind in sorted(kinds):
                self._publish(kind)
            time.sleep(PAUSE_S)

    def _publish(self, kind: str) -> None:
        try:
            publish(self._celery, kind)
        except Exception as error:
            log.warning("bell_not_rung", kind=kind, error=summary(error), remedy="the relay rings again")


def broker_fault(settings: Settings) -> str | None:
    """Why the broker of `settings` cannot be reached, in one line; None when it can. Takes up to 2 s."""
    return CeleryDoorbell(celery_app(settings)).fault()
