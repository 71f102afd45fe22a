"""The worker's handler for what is promised about waves: each row's effect and its being done are one transaction."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from comments_service.moderation.judge import Means
from comments_service.moderation.waves.arriving import BEGIN, FOLLOW
from comments_service.moderation.waves.beginning import Suspicion, begin
from comments_service.moderation.waves.deciding import RELEASE, STEP, UNDO, follow, release, take_back, take_step
from comments_service.outbox.claim import Claimed, finish
from comments_service.settings import Settings


def work_on_waves(means: Means, rows: Sequence[Claimed]) -> None:
    """Do what `rows` promise and finish them. What it raises leaves nothing half done."""
    for row in rows:
        with means.transaction() as session:
            if finish(session, row.id, row.token):
                _WORK[row.payload["what"]](session, row.payload, means.settings, means.clock())


def _begin(session: Session, payload: dict[str, Any], settings: Settings, now: datetime) -> None:
    begin(session, Suspicion(payload["site"], payload["kind"], payload["mark"], payload["shows"]), settings, now)


_WORK: dict[str, Callable[[Session, dict[str, Any], Settings, datetime], None]] = {
    BEGIN: _begin,
    STEP: lambda session, payload, _settings, now: take_step(session, payload["run"], now),
    FOLLOW: lambda session, payload, _settings, now: follow(session, payload["run"], payload["comment"], now),
    UNDO: lambda session, payload, _settings, now: take_back(session, payload["run"], now),
    RELEASE: lambda session, payload, _settings, now: release(session, payload["wave"], now),
}
