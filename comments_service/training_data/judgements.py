"""What the machine judged of a site's comments and what people said of them, as columns of numbers for `promises`.

Only what scores can decide: what a rule alone decided (a filled trap, a blocked domain) would be decided the same at
any threshold. Scores are those of the moment of deciding, so no model is asked about a text that it has learnt since.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from comments_service.screening.outcome import SCORED_REASONS, TOXIC_LABELS
from comments_service.storage.tables import Comment, Decision, Evidence, Report, Site
from comments_service.training_data.exposure import AUDIT, CONTESTED, QUEUE, exposure
from comments_service.training_data.last_word import is_last_word

_CHUNK = 2000
_ASKED = (QUEUE, AUDIT)


@dataclass(frozen=True, slots=True)
class Judgements:
    """One entry a judged text. `toxic` is the highest of toxicity's kinds; `held_anyway`: a check asked for a person.

    `weight` says for how many comments a person's verdict speaks and is 0 where there is none that can be used;
    `removed` is that verdict. `unanswered` counts texts that a person was to see and has not decided about.
    """

    spam: NDArray[np.float64]
    toxic: NDArray[np.float64]
    held_anyway: NDArray[np.bool_]
    weight: NDArray[np.float64]
    removed: NDArray[np.bool_]
    audited: int
    unanswered: int

    def __len__(self) -> int:
        return len(self.spam)


def latest_model(session: Session, site_key: str) -> str | None:
    """Digest of the model that scored the site's latest judged text; None where none has been."""
    statement = (
        select(Decision.model)
        .join(Site, Site.id == Decision.site_id)
        .where(Site.key == site_key, Decision.actor == "machine", Decision.model.is_not(None))
        .order_by(Decision.id.desc())
        .limit(1)
    )
    return session.scalar(statement)


def count_judged(session: Session, site_key: str, model: str | None = None) -> int:
    """How many texts the machine has judged: as many as `judgements` reads, or a few more."""
    statement = _of_site(select(func.count(Decision.id)), site_key, model)
    return int(session.scalar(statement) or 0)


def judgements(
    session: Session, site_key: str, model: str | None = None, told: Callable[[float], None] | None = None
) -> Judgements:
    """The texts of a site that `model` scored (None: any model), with the people's last word on each.

    `told` is called now and then with how many have been read.
    """
    found = []
    for one in _judged(session, site_key, model):
        found.append(one)
        if told and len(found) % _CHUNK == 0:
            told(len(found))
    answer_rates = _answer_rates(found)
    return Judgements(
        spam=np.array([one.spam for one in found], dtype=np.float64),
        toxic=np.array([one.toxic for one in found], dtype=np.float64),
        held_anyway=np.array([one.held_anyway for one in found], dtype=np.bool_),
        weight=np.array([_weight(one, answer_rates) for one in found], dtype=np.float64),
        removed=np.array([one.verdict not in (None, "approve") for one in found], dtype=np.bool_),
        audited=sum(one.stream == AUDIT and one.verdict is not None for one in found),
        unanswered=sum(one.stream in _ASKED and one.verdict is None for one in found),
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    spam: float
    toxic: float
    held_anyway: bool
    verdict: str | None
    stream: str
    probability: float | None


def _weight(one: _Judged, answer_rates: dict[str, float]) -> float:
    """The inverse of the probability that a person saw the text and has decided about it; 0 where there is no verdict.

    Not capped: here an unbiased figure matters more than a calm one, and the interval says how little it may rest on.
    """
    if one.verdict is None or not one.probability:
        return 0.0
    return 1.0 / (one.probability * answer_rates.get(one.stream, 1.0))


def _answer_rates(found: list[_Judged]) -> dict[str, float]:
    """By stream, the share of what a person was to see that has been decided about: the rest is taken to be alike."""
    rates = {}
    for stream in _ASKED:
        answered = [one.verdict is not None for one in found if one.stream == stream]
        if any(answered):
            rates[stream] = sum(answered) / len(answered)
    return rates


def _judged(session: Session, site_key: str, model: str | None) -> Iterator[_Judged]:
    after = 0
    while chunk := session.execute(_chunk_after(after, site_key, model)).all():
        for row in chunk:
            seen = exposure(row.stream, row.shown_probability, row.action, reported=row.reported, disputed=False)
            yield _Judged(
                spam=row.scores.get("spam", 0.0),
                toxic=max(row.scores.get(kind, 0.0) for kind in TOXIC_LABELS),
                held_anyway=row.flagged or row.reason == "first_time",
                verdict=row.verdict,
                stream="" if seen.stream == CONTESTED else row.stream or QUEUE,
                probability=seen.probability,
            )
        after = chunk[-1].id


def _chunk_after(after: int, site_key: str, model: str | None) -> Any:
    said = aliased(Decision)
    flagging = and_(
        Evidence.comment_id == Decision.comment_id,
        Evidence.revision == Decision.revision,
        Evidence.weight.in_(("hold", "failed")),
    )
    of_same_text = and_(said.comment_id == Decision.comment_id, said.revision == Decision.revision)
    statement = select(
        Decision.id,
        Decision.action,
        Decision.reason,
        Decision.scores,
        Decision.stream,
        Decision.shown_probability,
        said.action.label("verdict"),
        select(Evidence.id).where(flagging).exists().label("flagged"),
        select(Report.id).where(Report.comment_id == Decision.comment_id).exists().label("reported"),
    ).outerjoin(said, and_(of_same_text, is_last_word(said)))
    # A text that its author replaced or took back before anybody decided about it will never have a verdict.
    stands = and_(Comment.revision == Decision.revision, Comment.status != "deleted")
    statement = statement.join(Comment, Comment.id == Decision.comment_id).where(or_(said.id.is_not(None), stands))
    return _of_site(statement, site_key, model).where(Decision.id > after).order_by(Decision.id).limit(_CHUNK)


def _of_site(statement: Any, site_key: str, model: str | None) -> Any:
    statement = statement.join(Site, Site.id == Decision.site_id).where(
        Site.key == site_key,
        Decision.actor == "machine",
        Decision.scores.is_not(None),
        or_(Decision.action == "hold", Decision.reason.in_(SCORED_REASONS)),
    )
    return statement if model is None else statement.where(Decision.model == model)
