"""Short words for the outbox tests: promise some work, take some, look at a row."""

import time
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from comments_service.outbox import claim
from comments_service.outbox.claim import Claimed
from comments_service.outbox.enqueue import enqueue
from comments_service.runtime import Runtime
from comments_service.storage.tables import OutboxRow

KIND = "judge"


def promise(runtime: Runtime, *keys: str, kind: str = KIND, due_at: datetime | None = None) -> None:
    with runtime.transaction() as session:
        for key in keys:
            enqueue(session, kind, key, {"about": key}, datetime.now(UTC), due_at=due_at)


def take(runtime: Runtime, limit: int = 10, lease_s: float = 30.0, kind: str = KIND) -> list[Claimed]:
    with runtime.transaction() as session:
        return claim.claim(session, kind, limit, lease_s)


def finish(runtime: Runtime, row: Claimed) -> bool:
    with runtime.transaction() as session:
        return claim.finish(session, row.id, row.token)


def fail(runtime: Runtime, row: Claimed, *, max_tries: int = 3, retry_s: float = 0.0) -> bool:
    with runtime.transaction() as session:
        return claim.fail(session, row.id, row.token, "it broke", max_tries=max_tries, retry_s=retry_s)


def keys(rows: list[Claimed]) -> list[str]:
    return [row.key for row in rows]


def stored(runtime: Runtime, key: str) -> Any:
    with runtime.reading() as session:
        return session.scalars(select(OutboxRow).where(OutboxRow.key == key)).one()


def take_when_free(runtime: Runtime, lease_s: float = 30.0) -> list[Claimed]:
    """Take again and again until something can be taken, for at most 10 s."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if rows := take(runtime, lease_s=lease_s):
            return rows
        time.sleep(0.02)
    return []
