"""Is what may no longer be kept cleared away, once, whoever comes first?"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from comments_service.runtime import Runtime
from comments_service.storage.tables import Comment, Heartbeat, IdempotencyKey, LoginFailure, Site, Thread
from comments_service.tasks.heartbeat import beat
from comments_service.tasks.retention import retain

NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)


def _at(runtime: Runtime, now: datetime) -> Runtime:
    return replace(runtime, clock=lambda: now)


def _comment(runtime: Runtime, age: timedelta) -> int:
    with runtime.transaction() as session:
        site = session.scalar(select(Site)) or Site(key="demo", name="Demo", origins=[], settings={}, created_at=NOW)
        session.add(site)
        session.flush()
        thread = Thread(site_id=site.id, url=f"https://a.example/{age}", title="", created_at=NOW)
        session.add(thread)
        session.flush()
        comment = Comment(
            public_id=str(age),
            site_id=site.id,
            thread_id=thread.id,
            name="Ann",
            avatar="a",
            source="x",
            html="x",
            html_version=1,
            text_digest="d",
            status="pending",
            awaits="machine",
            network_digest="n" * 64,
            created_at=NOW - age,
        )
        session.add(comment)
        session.flush()
        key = IdempotencyKey(
            site_id=site.id, key_digest=str(age), request_digest="r", comment_id=comment.id, created_at=NOW - age
        )
        session.add_all([key, LoginFailure(subject_digest="s", created_at=NOW - age)])
        return comment.id


def _networks(runtime: Runtime) -> dict[str, str | None]:
    with runtime.reading() as session:
        return {row[0]: row[1] for row in session.execute(select(Comment.public_id, Comment.network_digest))}


def test_old_networks_keys_and_failures_go_and_fresh_ones_stay(runtime: Runtime) -> None:
    for age in (timedelta(hours=1), timedelta(days=3), timedelta(days=31)):
        _comment(runtime, age)
    cleared = retain(_at(runtime, NOW))
    assert cleared is not None
    assert (cleared["networks"], cleared["idempotency_keys"], cleared["login_failures"]) == (1, 2, 2)
    kept = _networks(runtime)
    assert [public_id for public_id, digest in kept.items() if digest is None] == [str(timedelta(days=31))]


def test_the_hours_clearing_happens_once(runtime: Runtime) -> None:
    assert retain(_at(runtime, NOW)) is not None
    assert retain(_at(runtime, NOW + timedelta(minutes=10))) is None
    assert retain(_at(runtime, NOW + timedelta(hours=1))) is not None


def test_two_relays_at_once_clear_once(runtime: Runtime) -> None:
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda _: retain(_at(runtime, NOW)), range(2)))
    assert sorted(result is None for result in results) == [False, True]


@pytest.mark.parametrize("age_s", [10, 7200])
def test_heartbeats_of_processes_long_gone_are_forgotten(runtime: Runtime, age_s: int) -> None:
    with runtime.transaction() as session:
        beat(session, "worker-a-1", "worker", None, NOW - timedelta(seconds=age_s))
        beat(session, "worker-a-1", "worker", "digest", NOW - timedelta(seconds=age_s))
    retain(_at(runtime, NOW))
    with runtime.reading() as session:
        assert session.scalar(select(func.count()).select_from(Heartbeat)) == (1 if age_s < 3600 else 0)
