"""Decisions that may be mistakes: all others speak against them, or near-duplicates were decided differently.

Method: confident learning in its simple form (Northcutt, Jiang, Chuang 2021, "Confident Learning: Estimating
Uncertainty in Dataset Labels"). Each decision is scored by a correction fitted without it and its near-duplicates. It
is in doubt where that score is at least as high for the other answer as it is, on average, for those who gave that
answer. Here: finding them. Not here: whether they are wrong, which only a person can tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.pipeline import Model
from classifier.prediction import LABELS
from classifier.training.anchors import anchors_of
from classifier.training.basis import Basis, basis_of
from classifier.training.correct import Anchors, fit_correction
from classifier.training.examples import Example
from classifier.training.lessons import Lessons, lessons_of
from classifier.training.split import folds

Step = Callable[[str], None]

CONTRADICTED, DIFFERS = "contradicted", "differs"
_FOLDS = 5
_FEWEST = 10  # decisions of each side; with fewer there is no telling what is usual
_TWINS = 5  # ids of near-duplicates that are named


@dataclass(frozen=True, slots=True)
class Doubt:
    """A decision in doubt. `given` is what a person said of `label`, `score` what the other decisions say (0..1).

    `why`: contradicted, or differs, where near-duplicates (`twins`, some of their ids) were decided the other way.
    """

    id: str
    why: str
    label: str
    given: bool
    score: float
    twins: tuple[str, ...] = ()

    @property
    def strength(self) -> float:
        """How probable the other answer is."""
        return 1 - self.score if self.given else self.score

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def doubtful(base: Model, examples: Sequence[Example], most: int, say: Step) -> list[Doubt]:
    """At most `most` doubts, one for each comment; differing near-duplicates first, then the strongest."""
    say("features")
    lessons, basis, anchors = lessons_of(examples), basis_of(base, [e.submission for e in examples]), anchors_of(base)
    scores = _by_the_others(lessons, basis, anchors, say)
    found = [*_differing(examples, lessons, scores), *_contradicted(examples, lessons, scores)]
    found.sort(key=lambda doubt: (doubt.why != DIFFERS, -doubt.strength))
    first_of_each = {doubt.id: doubt for doubt in reversed(found)}
    return [doubt for doubt in found if first_of_each[doubt.id] is doubt][:most]


def _by_the_others(lessons: Lessons, basis: Basis, anchors: Anchors, say: Step) -> NDArray[np.float64]:
    """Rows x LABELS: the scores of each example by a correction that saw neither it nor its near-duplicates."""
    parts = folds(lessons.groups, _FOLDS, seed=1)
    scores = np.zeros((len(basis), len(LABELS)))
    for number in range(_FOLDS):
        say(f"part {number + 1} of {_FOLDS}")
        taught, asked = np.flatnonzero(parts != number), np.flatnonzero(parts == number)
        fitted = fit_correction(basis.rows(taught), lessons.targets[taught], lessons.weights[taught], anchors)
        scores[asked] = fitted.scores(basis.rows(asked))
    return scores


def _contradicted(examples: Sequence[Example], lessons: Lessons, scores: NDArray[np.float64]) -> Iterator[Doubt]:
    for column, label in enumerate(LABELS):
        said, score = lessons.said[:, column], scores[:, column]
        yes, no = said >= 0.5, said < 0.5
        if min(yes.sum(), no.sum()) < _FEWEST:
            continue
        doubted_no = no & (score >= max(0.5, score[yes].mean()))
        doubted_yes = yes & (1 - score >= max(0.5, (1 - score[no]).mean()))
        for row in np.flatnonzero(doubted_no | doubted_yes).tolist():
            yield Doubt(examples[row].id, CONTRADICTED, label, bool(yes[row]), round(float(score[row]), 4))


def _differing(examples: Sequence[Example], lessons: Lessons, scores: NDArray[np.float64]) -> Iterator[Doubt]:
    """Of each group of near-duplicates the side that is smaller, or was decided earlier where both are as large."""
    members = defaultdict(list)
    for row, group in enumerate(lessons.groups.tolist()):
        members[group].append(row)
    for rows in members.values():
        for column, label in enumerate(LABELS):
            yes = [row for row in rows if lessons.said[row, column] >= 0.5]
            no = [row for row in rows if lessons.said[row, column] < 0.5]
            if not yes or not no:
                continue
            few, many = sorted((yes, no), key=lambda side: (len(side), side[-1]))
            twins = tuple(examples[row].id for row in many[:_TWINS])
            for row in few:
                score = round(float(scores[row, column]), 4)
                yield Doubt(examples[row].id, DIFFERS, label, few is yes, score, twins)
