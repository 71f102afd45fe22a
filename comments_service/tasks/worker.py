"""The worker process: Celery's own, with the model loaded in each child before the first comment comes."""

from collections.abc import Sequence
from typing import Any

import structlog
from celery import signals

from comments_service.outbox.kinds import JUDGING, KINDS
from comments_service.settings import Settings
from comments_service.tasks.celery_app import celery_app, queue_of
from comments_service.tasks.heartbeat import Pulse, process_name
from comments_service.tasks.workplace import Workplace

log = structlog.get_logger(__name__)


def main(settings: Settings, kinds: Sequence[str] = KINDS) -> None:
    """Work on `kinds` until SIGTERM or SIGINT; what is under way is finished first, within half the time limit.

    One that judges nothing beats as a "sender": it has no model, and nobody should miss it.
    """
    role = "worker" if set(kinds) & set(JUDGING) else "sender"
    workplace = Workplace(settings, kinds)
    app = celery_app(settings, workplace.work)
    pulses: list[Pulse] = []

    def opened(**_: Any) -> None:
        runtime, equipment = workplace.open()
        pulse = Pulse(runtime, role, equipment.model, with_parent=True)
        pulse.start()
        log.info(f"{role}_ready", model=equipment.model())
        pulses.append(pulse)

    def closed(**_: Any) -> None:
        for pulse in pulses:
            pulse.stop()

    # weak=False: nothing else refers to these functions once `main` is inside Celery.
    signals.worker_process_init.connect(opened, weak=False)
    signals.worker_process_shutdown.connect(closed, weak=False)
    app.worker_main(_arguments(settings, role, kinds))


def _arguments(settings: Settings, role: str, kinds: Sequence[str]) -> list[str]:
    return [
        "--quiet",  # no banner between the log lines
        "worker",
        f"--hostname={process_name(role)}@%h",
        # One is enough to send: mails are no hurry, and each waits for its server alone.
        *(["--concurrency=1"] if role == "sender" else []),
        f"--loglevel={settings.log_level}",
        f"--queues={','.join(queue_of(kind) for kind in kinds)}",
        # Workers talking about each other: no use here, and with a folder as broker files that nobody reads.
        "--without-gossip",
        "--without-mingle",
        "--without-heartbeat",
    ]
