"""Does a worker finish what it can, single out what it cannot, and stop in time?"""

import time
from datetime import UTC, datetime

from comments_service.outbox import backlog, claim
from comments_service.outbox.claim import Claimed
from comments_service.outbox.enqueue import enqueue
from comments_service.outbox.handlers import Handler
from comments_service.runtime import Runtime
from comments_service.tasks.work import work_until

KIND = "judge"


class Desk:
    """Does the work that it is handed, except for keys that begin with "bad"; remembers all it saw."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self.seen: list[list[str]] = []
        self.parked: list[tuple[str, str]] = []

    def handle(self, rows: list[Claimed]) -> None:
        self.seen.append([row.key for row in rows])
        with self._runtime.transaction() as session:
            for row in rows:
                if row.key.startswith("bad"):
                    raise ValueError(f"cannot work on this, ask ann@example.org about {len(rows)}")
                claim.finish(session, row.id, row.token)

    def note_parked(self, row: Claimed, error: str) -> None:
        self.parked.append((row.key, error))


def _promise(runtime: Runtime, *keys: str) -> None:
    with runtime.transaction() as session:
        for key in keys:
            enqueue(session, KIND, key, {}, datetime.now(UTC))


def _work(runtime: Runtime, desk: Desk, seconds: float = 30.0, batch: int = 3) -> bool:
    return work_until(runtime, Handler(desk.handle, batch, desk.note_parked), KIND, time.monotonic() + seconds)


def test_everything_that_is_due_is_done_in_batches(runtime: Runtime) -> None:
    desk = Desk(runtime)
    _promise(runtime, *"abcdefgh")
    assert _work(runtime, desk) is False
    assert desk.seen == [["a", "b", "c"], ["d", "e", "f"], ["g", "h"]]
    with runtime.reading() as session:
        assert backlog.waiting(session) == {}


def test_one_bad_row_in_a_batch_leaves_the_others_done_and_none_parked_on_its_account(runtime: Runtime) -> None:
    desk = Desk(runtime)
    _promise(runtime, "a", "bad", "c")
    _work(runtime, desk)
    assert desk.seen[0] == ["a", "bad", "c"]
    assert sorted(desk.seen[1:]) == [["a"], ["bad"], ["c"]]
    with runtime.reading() as session:
        assert backlog.parked(session) == []


def test_a_row_that_stays_bad_is_parked_once_with_a_reason_that_names_nobody(runtime: Runtime) -> None:
    desk = Desk(runtime)
    _promise(runtime, "bad", "good")
    deadline = time.monotonic() + 60
    while not desk.parked and time.monotonic() < deadline:
        _work(runtime, desk)
        time.sleep(0.1)
    with runtime.reading() as session:
        (shown,) = backlog.parked(session)
    assert (shown.key, shown.tries) == ("bad", 3)
    assert shown.error == "ValueError: cannot work on this, ask [hidden] about 1"
    assert desk.parked == [("bad", shown.error)]


def test_work_stops_when_time_is_up_and_says_so(runtime: Runtime) -> None:
    desk = Desk(runtime)
    _promise(runtime, "a")
    assert _work(runtime, desk, seconds=-1) is True
    assert desk.seen == []
