"""How a model on trial compares with the one in use, on the comments that both have scored.

What would have been decided otherwise is by scores and thresholds alone: what rules decided, they decide either way.
What people decided about these comments is the caller's to give.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from comments_service.scoring.measures import Agreement, agreement
from comments_service.screening.outcome import Circumstances, outcome
from comments_service.settings import SiteSettings
from comments_service.storage.tables import Comment, Score, ShadowScore

MOST_PAIRS = 10_000
LABELS = ("spam", "toxic")

_KNOWN = Circumstances(first_time=False)


@dataclass(frozen=True, slots=True)
class Pair:
    """One revision as both models scored it."""

    public_id: str
    live: Mapping[str, float]
    tried: Mapping[str, float]
    scored_at: datetime


@dataclass(frozen=True, slots=True)
class Report:
    """`moves` counts comments by (what the model in use makes of them, what the one on trial would make of them).

    `agreements` is by label: the model in use and the one on trial beside the same decisions of people.
    """

    comments: int
    moves: dict[tuple[str, str], int]
    agreements: dict[str, tuple[Agreement, Agreement]]


def pairs(session: Session, site_id: int, model: str) -> list[Pair]:
    """The latest MOST_PAIRS revisions that the model on trial (its digest) has scored, with the live scores."""
    live = (
        select(Score.id)
        .where(Score.comment_id == ShadowScore.comment_id, Score.revision == ShadowScore.revision, Score.model != model)
        .order_by(Score.created_at.desc(), Score.id.desc())
        .limit(1)
        .correlate(ShadowScore)
        .scalar_subquery()
    )
    statement = (
        select(Comment.public_id, Score.scores, ShadowScore.scores, ShadowScore.created_at)
        .select_from(ShadowScore)
        .join(Comment, (Comment.id == ShadowScore.comment_id) & (Comment.revision == ShadowScore.revision))
        .join(Score, Score.id == live)
        .where(ShadowScore.site_id == site_id, ShadowScore.model == model)
        .order_by(ShadowScore.id.desc())
        .limit(MOST_PAIRS)
    )
    return [Pair(*row) for row in session.execute(statement)]


def report(found: Sequence[Pair], said: Mapping[str, Mapping[str, float]], settings: SiteSettings) -> Report:
    """Both models beside each other; `said` is what people decided, labels 0..1 by public id."""
    moves = Counter((_action(pair.live, settings), _action(pair.tried, settings)) for pair in found)
    agreements = {}
    for label in LABELS:
        decided = [(pair, said[pair.public_id][label]) for pair in found if label in said.get(pair.public_id, {})]
        live = agreement([(pair.live[label], value, 1.0) for pair, value in decided])
        tried = agreement([(pair.tried[label], value, 1.0) for pair, value in decided])
        if live and tried:
            agreements[label] = (live, tried)
    return Report(len(found), dict(moves), agreements)


def _action(scores: Mapping[str, float], settings: SiteSettings) -> str:
    return outcome((), dict(scores), settings, _KNOWN).action
