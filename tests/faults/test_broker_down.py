"""C1, C5: a comment is taken in and kept whatever state the broker is in, and as fast."""

import time
from typing import Any

from tests.faults.ledger import expect_each_decided_once
from tests.stacks.reader import Reader
from tests.stacks.stack import Stack

# Seconds for one POST; the promise is 0.5 at p99, and this machine may be busy with other tests.
QUICK_ENOUGH_S = 2.0


def _post_some(stack: Stack, count: int) -> list[dict[str, Any]]:
    reader = Reader(stack.base_url)
    reader.post()  # the first request of a process opens its connections
    posted = []
    for _ in range(count):
        began = time.monotonic()
        answer = reader.post()
        took = time.monotonic() - began
        assert answer.status_code == 202, answer.text
        assert took < QUICK_ENOUGH_S
        posted.append(answer.json())
    return posted


def test_posts_are_answered_quickly_while_redis_is_gone_and_decided_when_it_is_back(on_redis: Stack) -> None:
    assert on_redis.redis is not None
    on_redis.start("web", "worker", "relay")
    on_redis.wait_ready()
    on_redis.redis.stop()
    posted = _post_some(on_redis, 10)
    on_redis.redis.start()
    expect_each_decided_once(on_redis, [one["id"] for one in posted])


def test_posts_are_answered_quickly_while_redis_is_frozen_and_decided_when_it_thaws(on_redis: Stack) -> None:
    assert on_redis.redis is not None
    on_redis.start("web", "worker", "relay")
    on_redis.wait_ready()
    on_redis.redis.freeze()
    try:
        posted = _post_some(on_redis, 10)
    finally:
        on_redis.redis.thaw()
    expect_each_decided_once(on_redis, [one["id"] for one in posted])


def test_posts_are_answered_quickly_where_the_broker_folder_is_no_folder(on_sqlite: Stack) -> None:
    on_sqlite.start("web", "worker", "relay")
    on_sqlite.wait_ready()
    folder = on_sqlite.data_dir / "broker"
    for bell in folder.iterdir():
        bell.unlink()
    folder.rmdir()
    folder.write_text("somebody put a file here")
    posted = _post_some(on_sqlite, 10)
    folder.unlink()
    expect_each_decided_once(on_sqlite, [one["id"] for one in posted])
