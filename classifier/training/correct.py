"""Finding a correction: the most probable one, given what moderators decided and that the base is about right.

Method: maximum a posteriori. Each label is a logistic regression whose offset is the base's calibrated logit and whose
weights have a normal prior around nought, so that without evidence nothing changes; there is one optimum (`logistic`).
Here: the prior and the fit. Not here: what it stands on (`basis`), what decisions teach (`lessons`), the gate.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.correction import BUCKETS
from classifier.features import SIGNALS
from classifier.pipeline import BESIDE_LABELS
from classifier.prediction import LABELS
from classifier.training.basis import Basis
from classifier.training.logistic import Problem, most_probable, sigmoid

Table = NDArray[np.float64]

_STEPS = 50  # of L-BFGS; twice as many change the third digit of a log loss, and a site is waiting
_HELD = 0.2  # weight of all anchors beside that of all decisions about a label
_HELD_ALONE = 1.0  # the same where nothing was removed: then the anchors alone say what ought to be
_ENOUGH = 20.0  # removals from which on a site speaks for itself


@dataclass(frozen=True, slots=True)
class Prior:
    """How far a correction strays from the base without being pushed: standard deviations.

    Chosen by `classifier.training.learning_curve`; docs/classifier/retraining.md has the table.
    """

    grams: float = 1.5  # logits for a text all of whose grams say the same
    signals: float = 0.5  # logits for a signal at 1
    intercept: float = 0.7  # logits
    slope: float = 0.3  # of the base's logit; it leaves a score of 0.5 where it is
    half_trusted: float = 200.0  # decisions that give half of these variances: ten of them are ten anecdotes

    def after(self, decisions: float) -> Prior:
        """The prior of a label about which so much was decided (a sum of weights)."""
        trust = math.sqrt(decisions / (decisions + self.half_trusted))
        scaled = (trust * self.grams, trust * self.signals, trust * self.intercept, trust * self.slope)
        return Prior(*scaled, self.half_trusted)


@dataclass(frozen=True, slots=True)
class Anchors:
    """Comments to be held at `targets`, rows x LABELS; `weights` is one a row and sums to 1 (`anchors`)."""

    basis: Basis
    targets: Table
    weights: Table


@dataclass(frozen=True, slots=True)
class Fitted:
    """A correction's weights: BUCKETS x LABELS, SIGNALS x LABELS, LABELS, LABELS."""

    grams: NDArray[np.float32]
    signals: Table
    intercepts: Table
    slopes: Table

    def scores(self, basis: Basis) -> Table:
        """Corrected probabilities, rows x LABELS."""
        logits = (1 + self.slopes) * basis.offsets + basis.signals @ self.signals + self.intercepts
        logits += basis.text @ self.grams
        beside = [LABELS.index(label) for label in BESIDE_LABELS]
        logits[:, beside] += basis.beside @ self.grams[:, beside]
        return np.asarray(sigmoid(logits))


def fit_correction(
    basis: Basis, targets: Table, weights: Table, anchors: Anchors | None = None, prior: Prior | None = None
) -> Fitted:
    """Fit every label. `targets` (0..1) and `weights` are rows x LABELS; a row of weight 0 says nothing of a label.

    `anchors` are held near the base's scores, with a fifth of the decisions' weight, and more where hardly anything was
    removed; without them a site that removes little learns to remove nothing.
    """
    found = Fitted(
        np.zeros((BUCKETS, len(LABELS)), dtype=np.float32),
        np.zeros((len(SIGNALS), len(LABELS))),
        np.zeros(len(LABELS)),
        np.zeros(len(LABELS)),
    )
    for column in range(len(LABELS)):
        known = np.flatnonzero((weights[:, column] > 0) & ~np.isnan(targets[:, column]))
        if len(known):
            taught = _Taught(basis.rows(known), targets[known, column], weights[known, column])
            so_far = (prior or Prior()).after(float(taught.weight.sum()))
            _fit_label(found, column, taught if anchors is None else taught.held_by(anchors, column), so_far)
    return found


@dataclass(frozen=True, slots=True)
class _Taught:
    """What is to be learnt about one label: a target and a weight for each row."""

    basis: Basis
    target: Table
    weight: Table

    def held_by(self, anchors: Anchors, column: int) -> _Taught:
        """The same with the anchors' rows after the decided ones."""
        alone = 1 - min(float(self.weight[self.target >= 0.5].sum()) / _ENOUGH, 1.0)
        held = (_HELD + (_HELD_ALONE - _HELD) * alone) * self.weight.sum()
        return _Taught(
            self.basis.joined(anchors.basis),
            np.concatenate((self.target, anchors.targets[:, column])),
            np.concatenate((self.weight, held * anchors.weights)),
        )


def _fit_label(found: Fitted, column: int, taught: _Taught, prior: Prior) -> None:
    """Fit one label and put its weights where they belong. Grams that no row has keep their prior mean, nought."""
    basis = taught.basis
    features, offset = basis.features(LABELS[column]), basis.offsets[:, column]
    present = np.flatnonzero(features.getnnz(axis=0))
    dense = np.column_stack((prior.signals * basis.signals, np.full(len(basis), prior.intercept), prior.slope * offset))
    problem = Problem(prior.grams * features[:, present], dense, offset, taught.target, taught.weight)
    grams, rest = most_probable(problem, _STEPS)
    found.grams[present, column] = prior.grams * grams
    found.signals[:, column] = prior.signals * rest[:-2]
    found.intercepts[column] = prior.intercept * rest[-2]
    found.slopes[column] = prior.slope * rest[-1]
