"""Notes, once an hour, which model scores each site, what hinders its own, and how far its scores have drifted.

What waits for a person with scores of another model is promised new ones, whoever stored them last.

The reference is what was kept when the site's model was made; where none was, the first weeks of the scores of the
model in use. Only scores at the time of judging count: those that a rescoring added would be of held comments alone.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from comments_service.moderation.judge import Means
from comments_service.moderation.rescoring import promise_rescoring
from comments_service.outbox.claim import Claimed, finish
from comments_service.outbox.enqueue import enqueue
from comments_service.scoring import ScorerUnavailable, Text
from comments_service.scoring.drift import Drift, Reference, Row, drift_of, reference_of
from comments_service.scoring.references import kept_reference
from comments_service.storage.tables import Comment, Decision, ModelState, OutboxRow, Site, Thread
from comments_service.storage.upsert import put_row

KIND = "models"
REFERENCE_DAYS = 28
RECENT_DAYS = 7
MOST_ROWS = 5000  # comments on either side
SETTLED_S = 20.0  # after a change of models; workers look for one every second, and a batch takes less than this
MOST_TEXTS = 2000  # scored anew for a reference, within a second or two


class SiteModels(Protocol):
    """Knows which model scores a site; `scoring.live_model.LiveModel` does."""

    def of_site(self, site: str) -> tuple[str, str]:
        """Digest of the model, and what hinders another that is meant to. Raises ScorerUnavailable."""
        ...


def watch_promised(session: Session, now: datetime) -> bool:
    """Whether this hour's look was promised already."""
    statement = select(OutboxRow.id).where(OutboxRow.kind == KIND, OutboxRow.key == _hour(now))
    return session.scalar(statement) is not None


def promise_watch(session: Session, now: datetime) -> None:
    """Promise this hour's look at all sites; promising twice changes nothing."""
    enqueue(session, KIND, _hour(now), {}, now)


def promise_look(session: Session, site_id: int, now: datetime) -> None:
    """Promise a look at one site, whose model has changed: now, and once more when every worker has the new one.

    A worker that was at work with the former model may still store its scores after the first look.
    """
    later = now + timedelta(seconds=SETTLED_S)
    enqueue(session, KIND, f"{now.isoformat()}/{site_id}", {}, now)
    enqueue(session, KIND, f"{later.isoformat()}/{site_id}", {}, now, due_at=later)


def watch_models(means: Means, models: SiteModels, rows: Sequence[Claimed]) -> None:
    """Do the looks that `rows` name. An hour's row promises one for each site, so that each is a task of its own."""
    for row in rows:
        site_id = row.key.partition("/")[2]
        if site_id:
            _look_at_site(means, models, int(site_id), row)
        else:
            with means.transaction() as session:
                for each in session.scalars(select(Site.id)):
                    enqueue(session, KIND, f"{row.key}/{each}", {}, means.clock())
                finish(session, row.id, row.token)


def measure(
    session: Session, site_id: int, model: str, kept: Reference | None, now: datetime, days: int = RECENT_DAYS
) -> Drift | None:
    """The drift of the last `days` from the `kept` reference, or else from the first weeks; None: too few comments."""
    recent = now - timedelta(days=days)
    reference = kept or reference_of(_first_weeks(session, site_id, model, recent))
    return drift_of(reference, _judged(session, site_id, model, recent, now)) if reference else None


def recent_texts(session: Session, site_id: int, now: datetime) -> list[Text]:
    """The last weeks' comments of a site, whatever became of them, oldest first; of too many the latest."""
    statement = (
        select(Comment.source, Comment.name, Comment.website, Thread.title)
        .join(Thread, Thread.id == Comment.thread_id)
        .where(Comment.site_id == site_id, Comment.created_at >= now - timedelta(days=REFERENCE_DAYS))
        .order_by(Comment.id.desc())
        .limit(MOST_TEXTS)
    )
    return [Text(source, name, website, title) for source, name, website, title in session.execute(statement)][::-1]


def _hour(now: datetime) -> str:
    return now.strftime("%Y-%m-%dT%H")


def _look_at_site(means: Means, models: SiteModels, site_id: int, row: Claimed) -> None:
    now = means.clock()
    with means.reading() as session:
        site = session.get_one(Site, site_id).key
    try:
        model, trouble = models.of_site(site)
    except ScorerUnavailable as error:
        model, trouble = "", str(error)
    kept = kept_reference(means.settings.models_dir, site, model[:16])
    with means.reading() as session:
        drift = measure(session, site_id, model, kept, now)
    state = {
        "site_id": site_id,
        "model": model,
        "trouble": trouble,
        "drift": asdict(drift) | {"alarms": drift.alarms} if drift else {},
        "measured_at": now,
    }
    with means.transaction() as session:
        put_row(session, ModelState, state, ["site_id"])
        if model:
            promise_rescoring(session, site_id, model, now)
        finish(session, row.id, row.token)


def _first_weeks(session: Session, site_id: int, model: str, until: datetime) -> Sequence[Row]:
    begun = session.scalar(
        select(Decision.created_at)
        .where(Decision.site_id == site_id, Decision.model == model, Decision.actor == "machine")
        .order_by(Decision.id)
        .limit(1)
    )
    if begun is None:
        return []
    return _judged(session, site_id, model, begun, min(begun + timedelta(days=REFERENCE_DAYS), until))


def _judged(session: Session, site_id: int, model: str, since: datetime, until: datetime) -> Sequence[Row]:
    """Texts and scores as they were judged by `model`, oldest first; of too many the latest."""
    statement = (
        select(Comment.source, Decision.scores)
        .join(Comment, (Comment.id == Decision.comment_id) & (Comment.revision == Decision.revision))
        .where(
            Decision.site_id == site_id,
            Decision.actor == "machine",
            Decision.model == model,
            Decision.created_at >= since,
            Decision.created_at < until,
            Decision.scores.is_not(None),
        )
        .order_by(Decision.id.desc())
        .limit(MOST_ROWS)
    )
    return [(text, scores or {}) for text, scores in session.execute(statement)][::-1]
