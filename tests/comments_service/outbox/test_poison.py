"""Does work that always fails delay anybody else, and does a person get to see it?"""

from comments_service.outbox import backlog, claim
from comments_service.outbox.clock import database_now
from comments_service.runtime import Runtime
from comments_service.storage.tables import OutboxRow
from tests.comments_service.outbox.promises import KIND, fail, finish, keys, promise, stored, take, take_when_free


def test_failed_work_comes_back_when_its_time_has_come(runtime: Runtime) -> None:
    promise(runtime, "a")
    (row,) = take(runtime)
    fail(runtime, row, retry_s=3600)
    assert take(runtime) == []
    assert stored(runtime, "a").last_error == "it broke"


def test_what_failed_before_comes_alone(runtime: Runtime) -> None:
    promise(runtime, "a", "b", "c")
    for row in take(runtime):
        fail(runtime, row)
    assert [len(take(runtime)) for _ in range(4)] == [1, 1, 1, 0]


def test_fresh_work_goes_before_repeated_work(runtime: Runtime) -> None:
    promise(runtime, "poison")
    (row,) = take(runtime)
    fail(runtime, row)
    promise(runtime, "fresh 1", "fresh 2")
    assert keys(take(runtime)) == ["fresh 1", "fresh 2"]
    assert keys(take(runtime)) == ["poison"]


def test_repeated_work_is_not_passed_over_for_ever(runtime: Runtime) -> None:
    promise(runtime, "patient")
    (row,) = take(runtime)
    fail(runtime, row, retry_s=-(claim.PATIENCE_S + 1))
    promise(runtime, "fresh")
    assert keys(take(runtime)) == ["patient"]


def test_after_its_last_try_work_is_parked_and_shown_with_its_error(runtime: Runtime) -> None:
    promise(runtime, "poison", "good")
    parked = [fail(runtime, row, max_tries=1) for row in take(runtime) if row.key == "poison"]
    assert parked == [True]
    with runtime.reading() as session:
        (shown,) = backlog.parked(session)
        assert backlog.parked_count(session) == 1
    assert (shown.kind, shown.key, shown.tries, shown.error) == (KIND, "poison", 1, "it broke")
    assert take(runtime) == []


def test_work_that_ends_its_worker_every_time_is_parked_too(runtime: Runtime) -> None:
    promise(runtime, "deadly")
    assert [row.tries for _ in range(2) for row in take_when_free(runtime, lease_s=0.05)] == [1, 2]
    with runtime.transaction() as session:
        assert claim.park_spent(session, KIND, max_tries=3) == []
    (last,) = take_when_free(runtime, lease_s=0.05)
    assert last.tries == 3
    spent: list[claim.Claimed] = []
    while not spent:
        with runtime.transaction() as session:
            spent = claim.park_spent(session, KIND, max_tries=3)
    assert keys(spent) == ["deadly"]
    assert "worker" in stored(runtime, "deadly").last_error
    assert finish(runtime, last) is False


def test_a_parked_row_gets_another_chance_when_a_person_says_so(runtime: Runtime) -> None:
    promise(runtime, "mended")
    (row,) = take(runtime)
    fail(runtime, row, max_tries=1)
    with runtime.transaction() as session:
        assert backlog.retry(session, row.id) is True
        assert backlog.retry(session, row.id) is False
    assert [again.tries for again in take(runtime)] == [1]


def test_whoever_watches_sees_how_much_waits_and_for_how_long(runtime: Runtime) -> None:
    promise(runtime, "a", "b")
    promise(runtime, "m", kind="mail")
    with runtime.transaction() as session:
        session.query(OutboxRow).where(OutboxRow.key == "b").update({"due_at": database_now() - 5_000_000})
    take(runtime, limit=1, kind="mail")
    with runtime.reading() as session:
        waiting, free = backlog.waiting(session), backlog.takeable(session)
    assert {kind: found.count for kind, found in waiting.items()} == {"judge": 2, "mail": 1}
    assert 5 <= waiting["judge"].oldest_s < 60
    assert free == ["judge"]  # the mail is in somebody's hands, who need not be rung
