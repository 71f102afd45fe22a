"""A real worker process whose work goes wrong in the ways that only a process can: it hangs, or is killed.

`python -m tests.comments_service.tasks.troubled_worker DATA_DIR`: works on rows of kind "judge" by their keys.
"""

import os
import signal
import sys
import time
from functools import partial
from pathlib import Path

from comments_service.outbox import claim
from comments_service.outbox.claim import Claimed
from comments_service.outbox.handlers import Handler
from comments_service.runtime import Runtime, open_runtime
from comments_service.settings import load_settings
from comments_service.tasks.celery_app import celery_app
from comments_service.tasks.work import work_until


def _handle(runtime: Runtime, rows: list[Claimed]) -> None:
    for row in rows:
        if row.key == "kills":
            os.kill(os.getpid(), signal.SIGKILL)
        if row.key == "hangs":
            # Where no exception reaches: as in a C library that never comes back.
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
            time.sleep(600)
        if row.key == "dawdles":
            time.sleep(600)
        with runtime.transaction() as session:
            claim.finish(session, row.id, row.token)


def main(data_dir: Path) -> None:
    settings = load_settings(data_dir=data_dir, task_limit_s=2, lease_s=2)

    def work_on(kind: str) -> bool:
        runtime = open_runtime(settings)
        handler = Handler(partial(_handle, runtime), batch=4)
        return work_until(runtime, handler, kind, time.monotonic() + 1)

    app = celery_app(settings, work_on)
    app.worker_main(["--quiet", "worker", "--without-gossip", "--without-mingle", "--without-heartbeat"])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
