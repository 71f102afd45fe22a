"""The worker process: Celery's own, with the model loaded in each child before the first comment comes."""

from typing import Any

import structlog
from celery import signals

from comments_service.settings import Settings
from comments_service.tasks.celery_app import KINDS, celery_app, queue_of
from comments_service.tasks.heartbeat import Pulse, process_name
from comments_service.tasks.workplace import Workplace

log = structlog.get_logger(__name__)


def main(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT; what is under way is finished first, within half the task time limit."""
    workplace = Workplace(settings)
    app = celery_app(settings, workplace.work)
    pulses: list[Pulse] = []

    def opened(**_: Any) -> None:
        runtime, model, _handlers = workplace.open()
        pulse = Pulse(runtime, "worker", lambda: model.digest, with_parent=True)
        pulse.start()
        log.info("worker_ready", model=model.digest)
        pulses.append(pulse)

    def closed(**_: Any) -> None:
        for pulse in pulses:
            pulse.stop()

    # weak=False: nothing else refers to these functions once `main` is inside Celery.
    signals.worker_process_init.connect(opened, weak=False)
    signals.worker_process_shutdown.connect(closed, weak=False)
    app.worker_main(_arguments(settings))


def _arguments(settings: Settings) -> list[str]:
    return [
        "--quiet",  # no banner between the log lines
        "worker",
        f"--hostname={process_name('worker')}@%h",
        f"--loglevel={settings.log_level}",
        f"--queues={','.join(queue_of(kind) for kind in KINDS)}",
        # Workers talking about each other: no use here, and with a folder as broker files that nobody reads.
        "--without-gossip",
        "--without-mingle",
        "--without-heartbeat",
    ]
