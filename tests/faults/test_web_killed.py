"""C1: a 2xx means on disk. kill -9 of the web process while eight writers post loses nothing that was acknowledged."""

import threading
import time

import pytest
import requests

from tests.faults.ledger import expect_each_decided_once, stored
from tests.stacks.reader import Reader
from tests.stacks.stack import Stack
from tests.stacks.waiting import until

WRITERS = 8


def _write_until_it_breaks(stack: Stack, acknowledged: list[str]) -> None:
    reader = Reader(stack.base_url)
    try:
        while True:
            answer = reader.post()
            assert answer.status_code == 202, answer.text
            acknowledged.append(answer.json()["id"])
    except requests.RequestException:
        return  # the process is gone: what it had not answered was not promised


def test_what_was_acknowledged_before_kill_9_is_stored(broken: Stack) -> None:
    broken.start("web")
    broken.wait_serving()
    acknowledged: list[str] = []
    writers = [threading.Thread(target=_write_until_it_breaks, args=(broken, acknowledged)) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    until(lambda: len(acknowledged) >= 60, "60 comments are acknowledged", 60)
    broken.kill("web")
    for writer in writers:
        writer.join(timeout=40)
    assert set(acknowledged) <= stored(broken)
    broken.start("web", "worker", "relay")
    expect_each_decided_once(broken, acknowledged)


@pytest.mark.parametrize("seconds", [20])
def test_eight_writers_for_twenty_seconds_on_sqlite_lose_nothing(on_sqlite: Stack, seconds: int) -> None:
    on_sqlite.start("web", "worker", "relay")
    on_sqlite.wait_ready()
    deadline = time.monotonic() + seconds
    acknowledged: list[str] = []
    failed: list[str] = []

    def write() -> None:
        reader = Reader(on_sqlite.base_url)
        while time.monotonic() < deadline:
            answer = reader.post()
            if answer.status_code == 202:
                acknowledged.append(answer.json()["id"])
            else:
                failed.append(f"{answer.status_code} {answer.text}")

    writers = [threading.Thread(target=write) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failed == []
    assert len(acknowledged) >= WRITERS
    assert set(acknowledged) <= stored(on_sqlite)
    expect_each_decided_once(on_sqlite, acknowledged, seconds=200)
