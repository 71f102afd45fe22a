"""Thresholds that keep a promise, such as "of what is published at most 1 in 200 would have been removed". Pure.

Method: thresholds are tried from the strictest for which there is enough evidence to the loosest, each against the
upper confidence bound, and the last before the first failure is taken. Tested in an order that was fixed beforehand,
no correction for trying many is needed ("fixed sequence testing"; Angelopoulos, Bates, Candès, Jordan, Lei 2021,
"Learn then Test"). Where to begin depends on how many decisions there are and not on what they say.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile

import numpy as np
from numpy.typing import NDArray

from comments_service.training_data.bounds import Rate, decisions_needed, equal_decisions, share, weighted_rate
from comments_service.training_data.judgements import Judgements

CONFIDENCE = 0.95
NEVER = 1.0  # as a threshold for rejecting: only people do
# Scores that are tried; closer together where most comments lie.
GRID = (0.01, 0.02, 0.03, 0.04, 0.05, 0.07, *(round(0.1 + 0.05 * step, 2) for step in range(18)), 0.97, 0.99)


@dataclass(frozen=True, slots=True)
class Tried:
    """One choice of thresholds and how often it would have been wrong; `part` is the share of all comments it decides.

    `decisions` were made by people among these comments and count as `evidence` decisions of equal weight.
    """

    spam: float
    toxic: float
    part: float
    rate: Rate
    decisions: int
    evidence: float


@dataclass(frozen=True, slots=True)
class Promise:
    """What was found for one limit. `kept` is None where no choice can be shown to keep it.

    `missing` decisions of equal weight, all of them right, would be needed beyond those at hand before anything can be
    shown; 0 where the evidence suffices and speaks against the promise. `nearest` has the lowest upper bound of all
    choices for which there is enough evidence.
    """

    limit: float
    kept: Tried | None
    nearest: Tried | None
    tried: tuple[Tried, ...]
    missing: int


@dataclass(frozen=True, slots=True)
class Workload:
    """What becomes of all comments under some thresholds: shares 0..1; `human` is what a person must look at."""

    human: Rate
    published: float
    rejected: float


def publishing(known: Judgements, limit: float) -> Promise:
    """The loosest threshold, the same for spam and toxicity, below which publishing keeps the promise."""
    free = ~known.held_anyway
    risk = np.maximum(known.spam, known.toxic)
    steps = [_tried(known, at, at, free & (risk < at), known.removed, CONFIDENCE) for at in GRID]
    return _loosest(steps, limit, CONFIDENCE)


def rejecting(known: Judgements, limit: float) -> Promise:
    """The loosest thresholds from which on rejecting keeps the promise: for spam alone, toxicity alone, or both alike.

    Of the three the one that rejects most is taken, so each is held to a third of the risk (Bonferroni).
    """
    confidence = 1 - (1 - CONFIDENCE) / 3
    ways = [_rejecting(known, limit, confidence, *way) for way in ((True, True), (True, False), (False, True))]
    kept = [way for way in ways if way.kept is not None]
    if kept:
        return max(kept, key=lambda way: way.kept.part if way.kept else 0.0)
    return min(ways, key=lambda way: way.missing)


def _rejecting(known: Judgements, limit: float, confidence: float, by_spam: bool, by_toxic: bool) -> Promise:
    steps = []
    for at in reversed(GRID):
        spam, toxic = at if by_spam else NEVER, at if by_toxic else NEVER
        chosen = rejected(known, spam, toxic)
        steps.append(_tried(known, spam, toxic, chosen, ~known.removed, confidence))
    return _loosest(steps, limit, confidence)


def rejected(known: Judgements, spam: float, toxic: float) -> NDArray[np.bool_]:
    """What the policy rejects by its scores at these thresholds; NEVER means never, as in `screening.outcome`."""
    by_spam = (known.spam >= spam) & (spam < NEVER)
    return np.asarray(by_spam | ((known.toxic >= toxic) & (toxic < NEVER)), dtype=np.bool_)


def workload(
    known: Judgements, *, hold: tuple[float, float], reject: tuple[float, float], audit_rate: float
) -> Workload:
    """Where all comments would go; `hold` and `reject` are thresholds for (spam, toxic). The audit counts as work."""
    gone = rejected(known, *reject)
    held = ~gone & (known.held_anyway | (known.spam >= hold[0]) | (known.toxic >= hold[1]))
    whole = len(known)
    human = share(int(held.sum()), whole, CONFIDENCE)
    looked = Rate(*(part + audit_rate * (1 - part) for part in (human.estimate, human.lower, human.upper)))
    return Workload(looked, float((~gone & ~held).sum()) / max(whole, 1), float(gone.sum()) / max(whole, 1))


def _tried(
    known: Judgements, spam: float, toxic: float, chosen: NDArray[np.bool_], wrong: NDArray[np.bool_], confidence: float
) -> Tried:
    decided = chosen & (known.weight > 0)
    weights = known.weight[decided]
    return Tried(
        spam=spam,
        toxic=toxic,
        part=float(chosen.sum()) / max(len(known), 1),
        rate=weighted_rate(weights, wrong[decided], confidence),
        decisions=int(decided.sum()),
        evidence=equal_decisions(weights),
    )


def _loosest(steps: Sequence[Tried], limit: float, confidence: float) -> Promise:
    """`steps` from strict to loose."""
    least = decisions_needed(limit, confidence)
    most = max((step.evidence for step in steps), default=0.0)
    if most < least:
        return Promise(limit, None, None, tuple(steps), int(np.ceil(least - most)))
    enough = [step for step in steps if step.evidence >= least]
    passed = list(_until_failure(dropwhile(lambda step: step.evidence < least, steps), limit))
    nearest = min(enough, key=lambda step: step.rate.upper)
    return Promise(limit, passed[-1] if passed else None, nearest, tuple(steps), 0)


def _until_failure(steps: Iterable[Tried], limit: float) -> Iterator[Tried]:
    for step in steps:
        if step.rate.upper > limit:
            return
        yield step
