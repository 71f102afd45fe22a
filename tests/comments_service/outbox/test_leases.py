"""Can work be lost, done twice at once, or finished by somebody who lost it?"""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from comments_service.outbox import claim
from comments_service.outbox.enqueue import enqueue
from comments_service.runtime import Runtime
from tests.comments_service.outbox.promises import (
    KIND,
    fail,
    finish,
    keys,
    promise,
    stored,
    take,
    take_when_free,
)


def test_promised_twice_is_done_once(runtime: Runtime) -> None:
    promise(runtime, "1:1", "2:1")
    promise(runtime, "1:1")
    assert keys(take(runtime)) == ["1:1", "2:1"]


def test_promised_again_after_it_was_done_stays_done(runtime: Runtime) -> None:
    promise(runtime, "1:1")
    (row,) = take(runtime)
    assert finish(runtime, row)
    promise(runtime, "1:1")
    assert take(runtime) == []


def test_a_promise_that_is_rolled_back_was_never_made(runtime: Runtime) -> None:
    def promise_and_break() -> None:
        with runtime.transaction() as session:
            enqueue(session, KIND, "1:1", {}, datetime.now(UTC))
            raise LookupError

    with pytest.raises(LookupError):
        promise_and_break()
    assert take(runtime) == []


def test_the_oldest_comes_first_and_no_more_than_asked_for(runtime: Runtime) -> None:
    promise(runtime, *"abcde")
    assert keys(take(runtime, limit=3)) == ["a", "b", "c"]
    assert keys(take(runtime, limit=3)) == ["d", "e"]


def test_another_kind_is_left_alone(runtime: Runtime) -> None:
    promise(runtime, "a", kind="mail")
    assert take(runtime) == []
    (row,) = take(runtime, kind="mail")
    assert (row.kind, row.payload, row.tries) == ("mail", {"about": "a"}, 1)


def test_what_is_due_later_waits_until_then(runtime: Runtime) -> None:
    promise(runtime, "a", due_at=datetime.now(UTC) + timedelta(hours=1))
    promise(runtime, "b", due_at=datetime.now(UTC) - timedelta(hours=1))
    assert keys(take(runtime)) == ["b"]


def test_work_under_lease_is_nobody_elses(runtime: Runtime) -> None:
    promise(runtime, "a")
    assert keys(take(runtime)) == ["a"]
    assert take(runtime) == []


def test_a_lease_that_ran_out_is_taken_over_and_its_first_holder_is_fenced_out(runtime: Runtime) -> None:
    promise(runtime, "a")
    (slow,) = take(runtime, lease_s=0.2)
    (quick,) = take_when_free(runtime)
    assert (slow.key, quick.key, quick.tries) == ("a", "a", 2)
    assert finish(runtime, slow) is False
    assert fail(runtime, slow) is False
    assert stored(runtime, "a").done_at is None
    assert finish(runtime, quick) is True


def test_whoever_is_late_but_was_not_replaced_may_still_finish(runtime: Runtime) -> None:
    promise(runtime, "a")
    (row,) = take(runtime, lease_s=0.05)
    time.sleep(0.1)
    assert finish(runtime, row) is True
    assert finish(runtime, row) is False


def test_a_lease_lasts_as_long_as_was_asked_by_the_databases_clock(runtime: Runtime) -> None:
    promise(runtime, "a")
    (_,) = take(runtime, lease_s=100.0)
    lease_until = stored(runtime, "a").lease_until
    # The database runs on this machine here, so the two clocks can be compared.
    assert abs((lease_until - datetime.now(UTC)).total_seconds() - 100) < 20


def test_a_row_that_was_not_worked_on_counts_no_try(runtime: Runtime) -> None:
    promise(runtime, "a")
    (row,) = take(runtime)
    with runtime.transaction() as session:
        claim.give_back(session, row.id, row.token)
    assert [again.tries for again in take(runtime)] == [1]


def test_many_takers_at_once_never_hold_the_same_row(runtime: Runtime) -> None:
    wanted = [f"row {number}" for number in range(60)]
    promise(runtime, *wanted)

    def take_all(_: int) -> list[str]:
        mine: list[str] = []
        while rows := take(runtime, limit=7):
            mine += keys(rows)
        return mine

    with ThreadPoolExecutor(4) as pool:
        taken = [key for mine in pool.map(take_all, range(4)) for key in mine]
    # A taker that found nothing may have come while others held the last rows' locks: whatever is left is taken now.
    taken += [row.key for row in take(runtime, limit=60)]
    assert sorted(taken) == sorted(wanted)
