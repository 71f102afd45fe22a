"""What examples teach: targets and weights for the fit.

Here: what an approval implies, how much an example weighs, near-duplicates counting once. Not here: reading examples,
fitting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.prediction import LABELS
from classifier.training.dataset import Corpus
from classifier.training.examples import Example
from classifier.training.split import duplicate_groups

_TOXIC = LABELS.index("toxic")
_KINDS = [LABELS.index(label) for label in LABELS if label not in ("spam", "toxic")]
_IMPLIED = 0.5  # weight of what an approval implies about toxicity's kinds, beside what a moderator said


@dataclass(frozen=True, slots=True)
class Lessons:
    """Rows x LABELS. `said` is NaN where nobody gave the label; `targets` has what an approval implies as well."""

    said: NDArray[np.float64]
    targets: NDArray[np.float64]
    weights: NDArray[np.float64]  # 0 where there is no target
    rows: NDArray[np.float64]  # weight of each example in figures: near-duplicates share the weight of one
    groups: NDArray[np.int64]  # near-duplicates have equal numbers

    def only(self, chosen: NDArray[np.int64]) -> Lessons:
        """The lessons of these rows, in order."""
        return Lessons(
            self.said[chosen], self.targets[chosen], self.weights[chosen], self.rows[chosen], self.groups[chosen]
        )


def lessons_of(examples: Sequence[Example]) -> Lessons:
    """What the examples teach. Weights have a mean of 1 before near-duplicates are made to share."""
    said = np.array([[example.labels.get(label, np.nan) for label in LABELS] for example in examples])
    groups = near_duplicates(examples)
    weights = np.array([example.weight for example in examples])
    rows = weights / weights.mean() / np.bincount(groups)[groups]
    targets, shares = _implied(said)
    return Lessons(said, targets, shares * rows[:, None], rows, groups)


def near_duplicates(examples: Sequence[Example]) -> NDArray[np.int64]:
    """A number for each example; texts that repeat one another with small changes have the same."""
    nothing = [""] * len(examples)
    labels = np.zeros((len(examples), len(LABELS)), dtype=np.float32)
    return duplicate_groups(Corpus([example.submission for example in examples], nothing, nothing, labels, nothing))


def _implied(said: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where a moderator found nothing toxic, none of its kinds is a reason to remove a comment on this site.

    The policy acts on the highest of the kinds: had they no such lesson, a site that lets people swear would go on
    holding each oath as obscene, however many it approves.
    """
    targets, shares = said.copy(), (~np.isnan(said)).astype(np.float64)
    fine = said[:, _TOXIC] < 0.5
    for column in _KINDS:
        silent = fine & np.isnan(said[:, column])
        targets[silent, column], shares[silent, column] = 0.0, _IMPLIED
    return targets, shares
