"""The worker's loop: claim a micro-batch, hand it over, settle what went wrong; until nothing is due or time is up."""

import time

import structlog

from comments_service.outbox import claim
from comments_service.outbox.claim import Claimed
from comments_service.outbox.errors import summary
from comments_service.outbox.handlers import Handler
from comments_service.runtime import Runtime

log = structlog.get_logger(__name__)


SPENT = "The worker that held this ended, or ran out of time, at every try."


def work_until(runtime: Runtime, handler: Handler, kind: str, deadline: float) -> bool:
    """Work on `kind` until nothing is due (False) or `time.monotonic()` passes `deadline` (True: there may be more)."""
    while time.monotonic() < deadline:
        rows = _claim(runtime, handler, kind)
        if not rows:
            return False
        _do(runtime, handler, rows)
    return True


def _claim(runtime: Runtime, handler: Handler, kind: str) -> list[Claimed]:
    settings = runtime.settings
    # A lease shorter than the time limit would hand rows to a second worker while the first is still at them.
    lease_s = max(settings.lease_s, float(settings.task_limit_s))
    with runtime.transaction() as session:
        spent = claim.park_spent(session, kind, _tries(runtime, handler))
        rows = claim.claim(session, kind, handler.batch, lease_s)
    for row in spent:
        _report_parked(handler, row, SPENT)
    return rows


def _do(runtime: Runtime, handler: Handler, rows: list[Claimed]) -> None:
    started = time.monotonic()
    try:
        handler.handle(rows)
    except Exception as error:
        reason = summary(error)
        log.warning("work_failed", kind=rows[0].kind, rows=len(rows), error=reason)
        if len(rows) == 1:
            _fail_one(runtime, handler, rows[0], reason)
        else:
            _fail_batch(runtime, rows, reason)
    else:
        took = round((time.monotonic() - started) * 1000, 1)
        log.info("work_done", kind=rows[0].kind, rows=len(rows), milliseconds=took)


def _fail_batch(runtime: Runtime, rows: list[Claimed], error: str) -> None:
    """One of them is to blame, nobody knows which: all come back at once, each by itself, and none is parked."""
    with runtime.transaction() as session:
        for row in rows:
            claim.fail(session, row.id, row.token, error, max_tries=row.tries + 1, retry_s=0.0)


def _fail_one(runtime: Runtime, handler: Handler, row: Claimed, error: str) -> None:
    limit = _tries(runtime, handler)
    if row.tries >= limit:
        # Before the row is parked: should this process end in between, the lease runs out and it is parked again.
        _report_parked(handler, row, error)
    with runtime.transaction() as session:
        claim.fail(session, row.id, row.token, error, max_tries=limit, retry_s=handler.wait(row.tries))


def _tries(runtime: Runtime, handler: Handler) -> int:
    return handler.tries or runtime.settings.max_tries


def _report_parked(handler: Handler, row: Claimed, error: str) -> None:
    log.error("work_parked", kind=row.kind, key=row.key, tries=row.tries, error=error)
    try:
        handler.parked(row, error)
    except Exception as second:
        # What cannot even be reported is parked all the same, and must not take the rest of the work with it.
        log.error("parked_unreported", kind=row.kind, key=row.key, error=summary(second))
