"""Says that a process is alive, every few seconds, in the table that `/readyz` and `doctor` read."""

import os
import socket
import threading
from collections.abc import Callable
from datetime import datetime

import structlog
from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from comments_service.outbox.errors import summary
from comments_service.runtime import Runtime
from comments_service.storage.tables import Heartbeat

log = structlog.get_logger(__name__)

EVERY_S = 5.0


def process_name(role: str) -> str:
    """Names this process among those of all machines, in 64 characters."""
    return f"{role}-{socket.gethostname()[:40]}-{os.getpid()}"


def beat(session: Session, process: str, role: str, model: str | None, now: datetime) -> None:
    """Note that `process` lives, and which model it works with."""
    values = {"process": process, "role": role, "model": model, "seen_at": now}
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(insert(Heartbeat).values(**values).on_conflict_do_update(index_elements=["process"], set_=values))


def stop_beating(session: Session, process: str) -> None:
    """A process that ends in order leaves no trace that looks like a crash."""
    session.execute(delete(Heartbeat).where(Heartbeat.process == process))


class Pulse:
    """A daemon thread that beats until `stop`, and ends this process when its parent is gone."""

    def __init__(self, runtime: Runtime, role: str, model: Callable[[], str | None], *, with_parent: bool) -> None:
        self._runtime, self._role, self._model = runtime, role, model
        self._process = process_name(role)
        self._parent = os.getppid() if with_parent else None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._beat_for_ever, name="pulse", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Stop, and take the heartbeat out of the table."""
        self._stopped.set()
        self._thread.join(timeout=2)
        self._try(stop_beating)

    def _beat_for_ever(self) -> None:
        ticks = 0
        while True:
            if ticks % int(EVERY_S) == 0:
                self._try(self._beat)
            if self._stopped.wait(1.0):
                return
            ticks += 1
            # A worker killed by -9 leaves its children behind, which would hold their inherited pipes for ever.
            if self._parent is not None and os.getppid() != self._parent:
                os._exit(1)

    def _beat(self, session: Session, process: str) -> None:
        beat(session, process, self._role, self._model(), self._runtime.clock())

    def _try(self, action: Callable[[Session, str], None]) -> None:
        try:
            with self._runtime.transaction() as session:
                action(session, self._process)
        except Exception as error:
            log.warning("no_heartbeat", error=summary(error))
