"""New scores, from the model in use now, for what waits in the queue for a person.

It adds scores and moves comments in the queue's order; it decides nothing, publishes nothing and rejects nothing. What
a person is to decide stays a person's, and what a person has decided is not looked at again. What still waits for the
machine needs no rescoring: it is judged by the model in use then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, bindparam, func, select, update
from sqlalchemy.orm import Session

from comments_service.content.plain import plain
from comments_service.moderation.judge import Means
from comments_service.outbox.claim import Claimed, finish
from comments_service.outbox.enqueue import enqueue
from comments_service.scoring import Scored, Scorer, Text
from comments_service.screening.first import REPORT_H, look_at, per_thousand
from comments_service.storage.tables import Comment, Score, Site, Thread
from comments_service.storage.types import to_microseconds
from comments_service.storage.upsert import put_row

KIND = "rescore"
CHUNK = 500  # promised in one transaction: readers' comments come in between

_STANDING = (
    update(cast(Table, Comment.__table__))
    .where(Comment.id == bindparam("comment"), Comment.revision == bindparam("of_revision"))
    .values(look_at=bindparam("at"), uncertainty=bindparam("unsure"), thread_published=bindparam("published"))
)


@dataclass(frozen=True)
class Waiting:
    """A revision that waits for a person, with what its place in the queue depends on."""

    comment_id: int
    revision: int
    text: Text
    written: datetime
    published: int
    thread_begun: datetime
    reports: int


def count_stale(session: Session, site_id: int, model: str) -> int:
    """How many comments of the site wait for a person with scores that are not `model`'s (its digest)."""
    return session.scalar(select(func.count()).select_from(_stale(site_id, model).subquery())) or 0


def promise_rescoring(session: Session, site_id: int, model: str, now: datetime, *, after: int = 0) -> tuple[int, int]:
    """Promise new scores for the next CHUNK of those; how many, and the last one's id, from which to go on.

    Promising twice changes nothing: the key names the revision, the model and the scores that are to be replaced.
    """
    rows = session.execute(_stale(site_id, model).where(Comment.id > after).order_by(Comment.id).limit(CHUNK)).all()
    for comment_id, revision, scored_at in rows:
        since = to_microseconds(scored_at) if scored_at else 0
        enqueue(session, KIND, f"{comment_id}:{revision}:{model[:16]}:{since}", {}, now)
    return len(rows), int(rows[-1].id) if rows else after


def rescore_batch(means: Means, scorer: Scorer, rows: Sequence[Claimed]) -> None:
    """Score what `rows` name, where it still waits for a person, and finish the rows."""
    with means.reading() as session:
        found = {row.id: _waiting(session, *_parse(row.key)) for row in rows}
    waiting = [one for one in found.values() if one is not None]
    scores = scorer.score([one.text for one in waiting]) if waiting else []
    scored = {one.comment_id: score for one, score in zip(waiting, scores, strict=True)}
    with means.transaction() as session:
        for row in rows:
            one = found[row.id]
            if finish(session, row.id, row.token) and one is not None:
                _keep(session, one, scored[one.comment_id], means.clock())


def _stale(site_id: int, model: str) -> Any:
    of_revision = (Score.comment_id == Comment.id, Score.revision == Comment.revision)
    latest = select(Score.id).where(*of_revision).order_by(Score.created_at.desc(), Score.id.desc()).limit(1)
    return (
        select(Comment.id, Comment.revision, Score.created_at)
        .outerjoin(Score, Score.id == latest.correlate(Comment).scalar_subquery())
        # What waits for a person is pending; saying so lets the queue's index find it among a million.
        .where(Comment.site_id == site_id, Comment.status == "pending", Comment.awaits == "human")
        .where(func.coalesce(Score.model, "") != model)
    )


def _parse(key: str) -> tuple[int, int]:
    comment_id, revision, *_ = key.split(":")
    return int(comment_id), int(revision)


def _waiting(session: Session, comment_id: int, revision: int) -> Waiting | None:
    row = session.execute(
        select(Comment, Thread, Site.key)
        .join(Thread, Thread.id == Comment.thread_id)
        .join(Site, Site.id == Comment.site_id)
        .where(Comment.id == comment_id, Comment.revision == revision, Comment.awaits == "human")
    ).one_or_none()
    if row is None:
        return None
    comment, thread, site = row
    parent = session.scalar(select(Comment.source).where(Comment.id == comment.parent_id)) if comment.parent_id else ""
    return Waiting(
        comment_id=comment.id,
        revision=comment.revision,
        text=Text(comment.source, comment.name, comment.website, thread.title, plain(parent or ""), site),
        written=comment.created_at,
        published=thread.count,
        thread_begun=thread.created_at,
        reports=comment.reports,
    )


def _keep(session: Session, one: Waiting, scored: Scored, now: datetime) -> None:
    score: dict[str, Any] = {
        "comment_id": one.comment_id,
        "revision": one.revision,
        "model": scored.model,
        "scores": scored.scores,
        "language": scored.language,
        "reasons": scored.reasons,
        "created_at": now,
    }
    put_row(session, Score, score, ["comment_id", "revision", "model"])
    at = look_at(one.written, scored.scores, published=one.published, thread_begun=one.thread_begun, now=now)
    at -= timedelta(hours=REPORT_H * one.reports)
    standing = {"at": at, "unsure": per_thousand(scored.scores), "published": one.published}
    session.connection().execute(_STANDING, {"comment": one.comment_id, "of_revision": one.revision, **standing})
