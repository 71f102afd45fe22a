"""What models on trial say of the comments that were judged, kept apart from the scores that decide.

It runs after the decisions are stored and finished, and never raises: a trial can lose its own scores, nothing else.
How a trial compares with the model in use is told by `trial_report`.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from comments_service.moderation.judge import Case, Means
from comments_service.outbox.errors import summary
from comments_service.scoring import Scored, Shadow
from comments_service.storage.tables import Comment, ShadowScore
from comments_service.storage.upsert import insert_new

KEPT_DAYS = 90

log = logging.getLogger(__name__)


def shadow_batch(means: Means, shadow: Shadow, cases: Sequence[Case]) -> None:
    """Ask the models on trial about `cases` and keep their scores. Failures are logged."""
    try:
        said = shadow.shadow([case.text for case in cases]) if cases else []
        kept = [(case, scored) for case, scored in zip(cases, said, strict=True) if scored is not None]
        if kept:
            with means.transaction() as session:
                _keep(session, kept, means.clock())
    except Exception as error:
        log.warning("shadow_failed", extra={"trouble": summary(error)})


def forget_old_trials(session: Session, now: datetime) -> int:
    """Delete shadow scores older than KEPT_DAYS; how many they were."""
    statement = delete(ShadowScore).where(ShadowScore.created_at <= now - timedelta(days=KEPT_DAYS))
    result: Any = session.execute(statement.execution_options(synchronize_session=False))
    return int(result.rowcount)


def _keep(session: Session, kept: Sequence[tuple[Case, Scored]], now: datetime) -> None:
    ids = [case.comment_id for case, _ in kept]
    places = session.execute(
        select(Comment.id, Comment.site_id).where(Comment.id.in_(ids), Comment.status != "deleted")
    )
    sites: dict[int, int] = {place.id: place.site_id for place in places}
    for case, scored in kept:
        if case.comment_id in sites:  # else it was deleted or erased in between
            row = {
                "comment_id": case.comment_id,
                "site_id": sites[case.comment_id],
                "revision": case.revision,
                "model": scored.model,
                "scores": scored.scores,
                "created_at": now,
            }
            insert_new(session, ShadowScore, row, ["comment_id", "revision", "model"])
