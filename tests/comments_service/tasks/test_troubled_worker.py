"""Work that hangs its process or kills it: is it ended, parked with a reason, and does the rest get done?"""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from comments_service.outbox.enqueue import enqueue
from comments_service.runtime import Runtime
from comments_service.settings import load_settings
from comments_service.storage.tables import OutboxRow
from comments_service.tasks.celery_app import celery_app, ring
from tests.stacks.databases import fresh_runtime
from tests.stacks.waiting import until

GOOD = ("good 1", "good 2", "good 3", "good 4", "good 5")


def _state(runtime: Runtime, key: str) -> tuple[bool, bool, int, str]:
    with runtime.reading() as session:
        row = session.scalars(select(OutboxRow).where(OutboxRow.key == key)).one()
        return row.done_at is not None, row.parked_at is not None, row.tries, row.last_error or ""


def _settled(runtime: Runtime, key: str) -> bool:
    done, parked, _, _ = _state(runtime, key)
    return done or parked


@pytest.mark.parametrize(
    ("bad", "said"),
    [("kills", "ended, or ran out of time"), ("hangs", "ended, or ran out of time"), ("dawdles", "SoftTimeLimit")],
)
def test_it_is_parked_and_the_rest_is_done(tmp_path: Path, bad: str, said: str) -> None:
    with fresh_runtime("sqlite", tmp_path) as runtime:
        with runtime.transaction() as session:
            for key in (bad, *GOOD):
                enqueue(session, "judge", key, {}, datetime.now(UTC))
        command = [sys.executable, "-m", "tests.comments_service.tasks.troubled_worker", str(tmp_path)]
        root = Path(__file__).parents[3]
        worker = subprocess.Popen(command, cwd=root, stderr=subprocess.DEVNULL, process_group=0)
        bell = celery_app(load_settings(data_dir=tmp_path))

        def all_settled() -> bool:
            ring(bell, "judge")  # as the relay does
            return all(_settled(runtime, key) for key in (bad, *GOOD))

        try:
            until(all_settled, "everything is done or parked", 120)
        finally:
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
        done, parked, tries, error = _state(runtime, bad)
        assert (done, parked, tries) == (False, True, 3)
        assert said in error
        assert [_state(runtime, key)[:2] for key in GOOD] == [(True, False)] * len(GOOD)
