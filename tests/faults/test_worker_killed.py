"""C2, C3: whatever happens to workers and broker while comments wait, each is decided, and once."""

import signal

import pytest

from tests.faults.ledger import expect_each_decided_once, undecided
from tests.stacks.reader import post_many
from tests.stacks.stack import Stack
from tests.stacks.waiting import until

MANY = 200


def _killed_while_they_wait(stack: Stack) -> list[str]:
    """200 comments, and a worker that is ended by kill -9 when it has decided some of them, but not all."""
    stack.start("web", "relay")
    stack.wait_serving()
    posted = post_many(stack.base_url, MANY)
    stack.start("worker")
    until(lambda: 0 < undecided(stack) < MANY, "the worker is in the middle of it", 60)
    stack.kill("worker")
    assert undecided(stack) > 0
    return posted


def test_two_hundred_comments_outlive_a_killed_worker(broken: Stack) -> None:
    posted = _killed_while_they_wait(broken)
    broken.start("worker")
    expect_each_decided_once(broken, posted)


def test_two_hundred_comments_outlive_a_killed_worker_and_an_emptied_broker(broken: Stack) -> None:
    posted = _killed_while_they_wait(broken)
    broken.empty_broker()
    broken.start("worker")
    expect_each_decided_once(broken, posted)


def test_a_broker_that_is_emptied_under_a_running_worker_costs_nothing(broken: Stack) -> None:
    broken.start("web", "worker", "relay")
    broken.wait_ready()
    posted = post_many(broken.base_url, 20)
    broken.empty_broker()
    posted += post_many(broken.base_url, 20)
    expect_each_decided_once(broken, posted)


@pytest.mark.parametrize("workers", [("worker", "worker.2")])
def test_two_workers_and_two_relays_decide_each_comment_once(broken: Stack, workers: tuple[str, ...]) -> None:
    broken.start("web", *workers, "relay", "relay.2")
    broken.wait_ready()
    posted = post_many(broken.base_url, MANY)
    expect_each_decided_once(broken, posted)
    hours = broken.rows("SELECT count(*), count(DISTINCT key) FROM outbox WHERE kind = 'retention'")
    assert hours[0][0] == hours[0][1] >= 1


def test_a_worker_that_is_asked_to_end_ends_at_once_and_leaves_nothing_behind(on_sqlite: Stack) -> None:
    on_sqlite.start("web", "worker", "relay")
    on_sqlite.wait_ready()
    on_sqlite.kill("worker", signal.SIGTERM)
    beats = on_sqlite.rows("SELECT process FROM heartbeats WHERE role = 'worker'")
    assert beats == []
