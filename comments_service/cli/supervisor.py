"""Keeps a handful of child processes alive, and ends all of them within seconds. Knows nothing about what they do."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import structlog

from comments_service.outbox.backoff import backoff

log = structlog.get_logger(__name__)

GRACE_S = 8.0  # above the 5 s in which web and worker finish what they are at
STEADY_S = 60.0  # a child that lived this long starts with a clean record
LONGEST_WAIT_S = 15.0
_LOOK_EVERY_S = 0.1
_PR_SET_PDEATHSIG = 1
SUPERVISOR_PID = "COMMENTS_SUPERVISOR_PID"  # set for children; not a setting


class Child:
    """One process that is started again when it ends."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name, self._command = name, list(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._failures = 0
        self._started_at = 0.0
        self._start_at = 0.0

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def keep_alive(self, now: float) -> None:
        """Start the child when it is time; note when it has ended. `now` is monotonic seconds."""
        if self._process is None:
            if now >= self._start_at:
                self._start(now)
        elif (status := self._process.poll()) is not None:
            self._note_end(status, now)

    def _start(self, now: float) -> None:
        # A group of its own: Ctrl-C reaches the supervisor only, which then ends children in order; and whatever
        # a child has started can be ended with it.
        self._process = subprocess.Popen(
            self._command, process_group=0, env={**os.environ, SUPERVISOR_PID: str(os.getpid())}
        )
        self._started_at = now

    def _note_end(self, status: int, now: float) -> None:
        lived = now - self._started_at
        self._failures = 1 if lived >= STEADY_S else self._failures + 1
        wait_s = backoff(self._failures, first_s=0.5, longest_s=LONGEST_WAIT_S)
        log.error("process_ended", process=self.name, status=status, lived_s=round(lived, 1), again_in_s=wait_s)
        self.kill_group()
        self._process = None
        self._start_at = now + wait_s

    def ask_to_end(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def has_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def kill_group(self) -> None:
        """End whatever is left of the child and of those it started."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)


class Supervisor:
    """Runs children until `stop`, or until SIGTERM or SIGINT; a second signal ends them at once."""

    def __init__(self, children: Sequence[Child]) -> None:
        self._children = list(children)
        self._signals = 0

    def run(self, when_started: Callable[[], bool]) -> None:
        """Keep all children alive. `when_started` is called now and then until it answers True."""
        self._listen()
        announced = False
        while not self._signals:
            now = time.monotonic()
            for child in self._children:
                child.keep_alive(now)
            announced = announced or when_started()
            time.sleep(_LOOK_EVERY_S)
        self._end_all()

    def _listen(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._note_signal)

    def _note_signal(self, *_: Any) -> None:
        self._signals += 1

    def _end_all(self) -> None:
        for child in self._children:
            child.ask_to_end()
        deadline = time.monotonic() + GRACE_S
        while time.monotonic() < deadline and self._signals < 2 and not all(c.has_ended() for c in self._children):
            time.sleep(_LOOK_EVERY_S)
        for child in self._children:
            child.kill_group()


def end_with_supervisor() -> None:
    """Called by a child at its start: on Linux it gets SIGTERM when its supervisor is killed, instead of running on.

    Does nothing in a process that no supervisor started.
    """
    supervisor = os.environ.get(SUPERVISOR_PID)
    if supervisor is None or not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != int(supervisor):
        raise SystemExit("the supervisor was gone before this process had started")
