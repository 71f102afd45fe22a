"""What a worker process needs to work: runtime and handlers, opened after the fork and kept.

Connections and models must not cross a fork: two processes that share one PostgreSQL socket read each other's answers.
"""

import importlib
import time
from collections.abc import Callable, Collection
from typing import cast

import structlog

from comments_service.outbox.kinds import JUDGING, KINDS, SENDING
from comments_service.runtime import Runtime, open_runtime
from comments_service.settings import Settings
from comments_service.tasks.equipment import Equipment
from comments_service.tasks.work import work_until

log = structlog.get_logger(__name__)

# Named, as a process that only sends must not load what judging takes (130 MiB).
_GROUPS = {"comments_service.tasks.judging": JUDGING, "comments_service.tasks.sending": SENDING}


class Workplace:
    """Opens when first used, or on `open`. `kinds` are those that it works on."""

    def __init__(self, settings: Settings, kinds: Collection[str] = KINDS) -> None:
        self.settings = settings
        # Before the fork, so that all processes share what is imported.
        self._equip: list[Callable[[Runtime], Equipment]] = [
            cast("Callable[[Runtime], Equipment]", importlib.import_module(name).equip)
            for name, group in _GROUPS.items()
            if set(group) & set(kinds)
        ]
        self._opened: tuple[Runtime, Equipment] | None = None

    def open(self) -> tuple[Runtime, Equipment]:
        """Runtime and equipment of this process."""
        if self._opened is None:
            runtime = open_runtime(self.settings)
            self._opened = (runtime, _together([equip(runtime) for equip in self._equip]))
        return self._opened

    def work(self, kind: str) -> bool:
        """Do what is due of `kind`. True when time ran out before the work did."""
        runtime, equipment = self.open()
        if kind not in equipment.handlers:
            log.warning("unknown_kind", kind=kind, remedy="a newer release rings it: upgrade this worker")
            return False
        handler = equipment.handlers[kind]
        # Half of the time limit, so that the batch that begins last can still end in time.
        deadline = time.monotonic() + min(handler.slice_s, self.settings.task_limit_s / 2)
        return work_until(runtime, handler, kind, deadline)


def _together(parts: list[Equipment]) -> Equipment:
    """All handlers; the model is that of the first part, which is the one that judges."""
    handlers = {kind: handler for part in parts for kind, handler in part.handlers.items()}
    return Equipment(handlers, parts[0].model)
