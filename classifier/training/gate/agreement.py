"""Does each moderator decide by the same rules as the others? A hostile one is told by what the others taught.

Method: each moderator's decisions are scored by a correction that was fitted to the other moderators' alone. A decision
is then either right by their measure or turned round, at a rate that is each moderator's own (the classification noise
of Angluin, Laird 1988); a likelihood ratio tells whether one moderator's rate is beyond that of the rest.
Not here: doubtful single decisions (`doubtful`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.prediction import LABELS
from classifier.training.correct import Basis, fit_correction
from classifier.training.gate.row import FAIL, PASS, TOO_FEW, Row
from classifier.training.lessons import Lessons

Values = NDArray[np.float64]

METRIC = "moderators' agreement"
_FEWEST = 20  # decisions of one moderator; below, disagreement is bad luck
_OTHERS = 60  # decisions of all the others, or nobody knows the site's rules yet
_PARTS = 4  # groups of moderators that are left out in turn
_SURE = 15.0  # twice the log likelihood ratio: one honest moderator in ten thousand gets beyond it by chance
_BEYOND = 0.15  # of all decisions turned round, above what the rest do; less does little harm and is hard to tell
_RATES = np.linspace(0.005, 0.995, 100)
_CLOSED = [LABELS.index("spam"), LABELS.index("toxic")]  # what every decision speaks about


@dataclass(frozen=True, slots=True)
class Dissent:
    """A moderator whose decisions contradict the rest's: estimated share turned round, and their number."""

    moderator: str
    turned: float
    decisions: int


def agreement_row(basis: Basis, lessons: Lessons, moderators: Sequence[str]) -> Row:
    """The table's row: it fails where a moderator contradicts the rest, and names who does."""
    names = np.array(moderators)
    judged = _judged(names)
    if not judged:
        needed = f"cannot be judged: it takes two moderators, one with {_FEWEST} decisions, the rest with {_OTHERS}"
        return Row(METRIC, None, None, None, len(names), TOO_FEW, f"Whether moderators agree {needed}.")
    found = dissent(basis, lessons, names, judged)
    worst = max((one.turned for one in found), default=0.0)
    if not found:
        sentence = f"None of {len(judged)} moderators with {_FEWEST} decisions or more contradicts the rest."
        return Row(METRIC, None, worst, _BEYOND, len(names), PASS, sentence)
    told = "; ".join(f"{one.moderator}: about {one.turned:.0%} of {one.decisions} decisions" for one in found)
    sentence = f"Decisions contradict those of all other moderators ({told}); look at them or leave them out."
    return Row(METRIC, None, worst, _BEYOND, len(names), FAIL, sentence)


def dissent(basis: Basis, lessons: Lessons, names: NDArray[np.str_], judged: Sequence[str]) -> list[Dissent]:
    """Who of `judged` contradicts the rest, worst first."""
    chances = _chances_by_others(basis, lessons, names)
    found = []
    for name in judged:
        mine = names == name
        rate, usual = _turned(chances[mine]), _turned(chances[~mine])
        ratio = 2 * (_likelihood(chances[mine], rate) - _likelihood(chances[mine], usual))
        if ratio > _SURE and rate > usual + _BEYOND:
            found.append(Dissent(str(name), rate, int(mine.sum())))
    return sorted(found, key=lambda one: -one.turned)


def _judged(names: NDArray[np.str_]) -> list[str]:
    found, counts = np.unique(names[names != ""], return_counts=True)
    return [
        str(n) for n, count in zip(found, counts, strict=True) if count >= _FEWEST and len(names) - count >= _OTHERS
    ]


def _chances_by_others(basis: Basis, lessons: Lessons, names: NDArray[np.str_]) -> Values:
    """What others' decisions make each decision's probability, rows x spam and toxic; NaN where nothing was said."""
    unique, inverse, counts = np.unique(names, return_inverse=True, return_counts=True)
    parts = np.argsort(np.argsort(-counts, kind="stable")) % min(_PARTS, len(unique))
    chances = np.full((len(names), len(_CLOSED)), np.nan)
    for part in np.unique(parts):
        mine, others = np.flatnonzero(parts[inverse] == part), np.flatnonzero(parts[inverse] != part)
        fitted = fit_correction(basis.rows(others), lessons.targets[others], lessons.weights[others])
        scores = np.clip(fitted.scores(basis.rows(mine))[:, _CLOSED], 0.02, 0.98)
        said = lessons.said[mine][:, _CLOSED]
        chances[mine] = np.where(said >= 0.5, scores, np.where(said < 0.5, 1 - scores, np.nan))
    return chances


def _turned(chances: Values) -> float:
    """The most likely share of decisions turned round."""
    return float(max(_RATES, key=lambda rate: _likelihood(chances, rate)))


def _likelihood(chances: Values, rate: float) -> float:
    return float(np.nansum(np.log((1 - rate) * chances + rate * (1 - chances))))
