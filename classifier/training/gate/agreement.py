"""Does each moderator decide by the same rules as the others? A hostile one is told by what the others taught.

Method: a moderator's decisions are scored by a correction that was fitted to other moderators' alone. By that measure
some share of what ought to go was let through, and some share of what ought to stay was removed: the two rates of
class-conditional noise (Dawid, Skene 1979). A likelihood ratio tells whether one moderator's are beyond the rest's.
Not here: doubtful single decisions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.prediction import LABELS
from classifier.training.basis import Basis
from classifier.training.correct import Anchors, fit_correction
from classifier.training.gate.row import FAIL, PASS, TOO_FEW, Row
from classifier.training.lessons import Lessons

Values = NDArray[np.float64]
Names = NDArray[np.str_]

METRIC = "moderators' agreement"
_FEWEST = 20  # decisions of one moderator; below, disagreement is bad luck
_OTHERS = 60  # decisions of all the others; below, nobody knows the site's rules yet
_LATEST = 10_000  # decisions that are looked at; who turned hostile did so lately, and five fits must end in seconds
_PARTS = 4  # groups of moderators that are left out in turn
_SURE = 20.0  # twice the log likelihood ratio: one honest moderator in twenty thousand gets beyond it by chance
_BEYOND = 0.2  # of what the rest would remove, or let stand; less is a matter of taste
_RATES = np.linspace(0.0, 0.95, 20)
_LABELS = ("spam", "toxic")  # what every decision speaks about
_UNKNOWN = (
    f"Whether moderators agree cannot be judged: it takes two, one with {_FEWEST} decisions and {_OTHERS} of the rest."
)
_COLUMNS = [LABELS.index(label) for label in _LABELS]


@dataclass(frozen=True, slots=True)
class Dissent:
    """A moderator who contradicts the rest about a label: shares let through and removed beyond what the rest do."""

    moderator: str
    label: str
    let_through: float
    removed: float

    def told(self) -> str:
        if self.let_through >= self.removed:
            return f"{self.moderator} lets through {self.let_through:.0%} of what the rest remove as {self.label}"
        return f"{self.moderator} removes as {self.label} {self.removed:.0%} of what the rest let stand"


def agreement_row(basis: Basis, lessons: Lessons, moderators: Sequence[str], anchors: Anchors) -> Row:
    """The table's row: it fails where a moderator contradicts the rest, and names who does, and how.

    Rows are in order of time; of very many only the latest are looked at.
    """
    latest = np.arange(max(len(moderators) - _LATEST, 0), len(moderators))
    names, basis, lessons = np.array(moderators)[latest], basis.rows(latest), lessons.only(latest)
    judged = _judged(names)
    if not judged:
        return Row(METRIC, None, None, None, len(names), TOO_FEW, _UNKNOWN)
    found = dissent(_scores_by_others(basis, lessons, names, anchors), lessons, names, judged)
    if not found:
        sentence = f"None of {len(judged)} moderators with {_FEWEST} decisions or more contradicts the rest."
        return Row(METRIC, None, 0.0, _BEYOND, len(names), PASS, sentence)
    worst = max(max(one.let_through, one.removed) for one in found)
    sentence = "; ".join(one.told() for one in found) + ". Look at these decisions, or leave them out."
    return Row(METRIC, None, round(worst, 4), _BEYOND, len(names), FAIL, sentence)


def dissent(scores: Values, lessons: Lessons, names: Names, judged: Sequence[str]) -> list[Dissent]:
    """Who of `judged` contradicts the rest, and about what. `scores` is what the rest make of each comment."""
    found = []
    for at, label in enumerate(_LABELS):
        fits = _fits(scores[:, at], lessons.said[:, _COLUMNS[at]])
        everyone = fits.sum(axis=0)
        for name in judged:
            mine = fits[names == name].sum(axis=0)
            rest = everyone - mine
            beyond = _RATES[_best(mine)] - _RATES[_best(rest)]
            if 2 * (mine.max() - mine[tuple(_best(rest))]) > _SURE and beyond.max() >= _BEYOND:
                found.append(Dissent(name, label, float(beyond[0]), float(beyond[1])))
    return found


def _judged(names: Names) -> list[str]:
    found, counts = np.unique(names[names != ""], return_counts=True)
    enough = (counts >= _FEWEST) & (len(names) - counts >= _OTHERS)
    return [str(name) for name in found[enough]]


def _scores_by_others(basis: Basis, lessons: Lessons, names: Names, anchors: Anchors) -> Values:
    """What the other moderators' decisions make of each comment: rows x spam and toxic."""
    unique, inverse, counts = np.unique(names, return_inverse=True, return_counts=True)
    parts = np.argsort(np.argsort(-counts, kind="stable")) % min(_PARTS, len(unique))
    scores = np.zeros((len(names), len(_COLUMNS)))
    for part in np.unique(parts):
        mine, others = np.flatnonzero(parts[inverse] == part), np.flatnonzero(parts[inverse] != part)
        fitted = fit_correction(basis.rows(others), lessons.targets[others], lessons.weights[others], anchors)
        scores[mine] = fitted.scores(basis.rows(mine))[:, _COLUMNS]
    return np.clip(scores, 0.02, 0.98)


def _fits(score: Values, said: Values) -> Values:
    """Log likelihood of each decision by rates let through and removed: rows x _RATES x _RATES; 0 where not known."""
    bad, fine = score[:, None, None], 1 - score[:, None, None]
    through, removed = _RATES[None, :, None], _RATES[None, None, :]
    chance = np.where(
        (said >= 0.5)[:, None, None], bad * (1 - through) + fine * removed, bad * through + fine * (1 - removed)
    )
    return np.where(np.isnan(said)[:, None, None], 0.0, np.log(np.maximum(chance, 1e-9)))


def _best(fits: Values) -> NDArray[np.intp]:
    return np.array(np.unravel_index(int(fits.argmax()), fits.shape))
