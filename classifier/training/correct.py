"""Finding a correction: the most probable one, given what moderators decided and that the base is about right.

Method: maximum a posteriori. Each label is a logistic regression whose offset is the base's calibrated logit and whose
weights have a normal prior around nought, so that without evidence nothing changes; L-BFGS finds the one optimum.
Here: what a fit stands on, the prior, the fit. Not here: reading decisions (`examples`), judging the result (`gate`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import minimize

from classifier.correction import BUCKETS
from classifier.features import SIGNALS
from classifier.pipeline import BESIDE_LABELS, Model
from classifier.prediction import LABELS, Submission
from classifier.training.matrix import matrix_of

Table = NDArray[np.float64]

_BATCH = 1024  # comments whose features are in memory twice
_ITERATIONS = 100
_FLAT = 1e-4  # gradient, in the prior's own units, below which nothing that anybody could see changes


@dataclass(frozen=True, slots=True)
class Prior:
    """How far a correction strays from the base without being pushed: standard deviations.

    Chosen by `classifier.training.learning_curve`; docs/classifier/retraining.md has the table.
    """

    grams: float = 1.5  # logits for a text all of whose grams say the same
    signals: float = 0.5  # logits for a signal at 1
    intercept: float = 0.7  # logits
    slope: float = 0.1  # of the base's logit, round a score of 0.5; with more, one-sided decisions turn the order round
    half_trusted: float = 200.0  # decisions that give half of these variances: ten of them are ten anecdotes

    def after(self, decisions: float) -> Prior:
        """The prior of a label about which so much was decided (a sum of weights)."""
        trust = math.sqrt(decisions / (decisions + self.half_trusted))
        scaled = (trust * self.grams, trust * self.signals, trust * self.intercept, trust * self.slope)
        return Prior(*scaled, self.half_trusted)


@dataclass(frozen=True, slots=True)
class Basis:
    """What is known of comments before a fit: the base's calibrated logits (rows x LABELS) and their features."""

    offsets: Table
    text: sp.csr_matrix  # rows x BUCKETS
    beside: sp.csr_matrix  # of name and website
    signals: NDArray[np.float32]  # rows x SIGNALS

    def __len__(self) -> int:
        return len(self.offsets)

    def rows(self, chosen: NDArray[np.int64]) -> Basis:
        """The rows with these numbers, in order."""
        return Basis(self.offsets[chosen], self.text[chosen], self.beside[chosen], self.signals[chosen])

    def features(self, label: str) -> sp.csr_matrix:
        """The grams that a label looks at."""
        return self.text + self.beside if label in BESIDE_LABELS else self.text


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
        return np.asarray(_sigmoid(logits))


def basis_of(base: Model, submissions: Sequence[Submission]) -> Basis:
    """Features and offsets of comments, batch by batch. `base` is a model without a correction."""
    parts = [_part(base, submissions[begin : begin + _BATCH]) for begin in range(0, len(submissions), _BATCH)]
    if not parts:
        return _part(base, [Submission("")]).rows(np.zeros(0, dtype=np.int64))
    return Basis(
        np.concatenate([part.offsets for part in parts]),
        sp.vstack([part.text for part in parts], "csr"),
        sp.vstack([part.beside for part in parts], "csr"),
        np.concatenate([part.signals for part in parts]),
    )


def fit_correction(basis: Basis, targets: Table, weights: Table, prior: Prior | None = None) -> Fitted:
    """Fit every label. `targets` (0..1) and `weights` are rows x LABELS; a row of weight 0 says nothing of a label."""
    prior = prior or Prior()
    found = Fitted(
        np.zeros((BUCKETS, len(LABELS)), dtype=np.float32),
        np.zeros((len(SIGNALS), len(LABELS))),
        np.zeros(len(LABELS)),
        np.zeros(len(LABELS)),
    )
    for column, label in enumerate(LABELS):
        known = np.flatnonzero((weights[:, column] > 0) & ~np.isnan(targets[:, column]))
        if len(known):
            _fit_label(found, column, basis.rows(known), label, targets[known, column], weights[known, column], prior)
    return found


def _part(base: Model, submissions: Sequence[Submission]) -> Basis:
    matrix = matrix_of(list(submissions), base.buckets)
    scores = base.scores(submissions)
    offsets = np.log(scores) - np.log1p(-scores)
    return Basis(offsets, _folded(matrix.text), _folded(matrix.beside), matrix.signals)


def _folded(matrix: sp.csr_matrix) -> sp.csr_matrix:
    """The base's buckets modulo the correction's."""
    folded = sp.csr_matrix(
        (matrix.data, (matrix.indices & (BUCKETS - 1)).astype(np.int32), matrix.indptr), (matrix.shape[0], BUCKETS)
    )
    folded.sum_duplicates()
    return folded


def _fit_label(
    found: Fitted, column: int, basis: Basis, label: str, target: Table, weight: Table, prior: Prior
) -> None:
    """Fit one label and put its weights where they belong.

    Columns are scaled by their prior's standard deviation: in that space the prior is the unit ball and L-BFGS needs a
    few dozen steps whatever the scales are. Grams that no row has keep their prior mean, nought.
    """
    features, prior = basis.features(label), prior.after(float(weight.sum()))
    present = np.flatnonzero(features.getnnz(axis=0))
    dense = np.column_stack(
        (prior.signals * basis.signals, np.full(len(basis), prior.intercept), prior.slope * basis.offsets[:, column])
    )
    grams, rest = _most_probable(prior.grams * features[:, present], dense, basis.offsets[:, column], target, weight)
    found.grams[present, column] = prior.grams * grams
    found.signals[:, column] = prior.signals * rest[:-2]
    found.intercepts[column] = prior.intercept * rest[-2]
    found.slopes[column] = prior.slope * rest[-1]


def _most_probable(
    grams: sp.csr_matrix, dense: Table, offset: Table, target: Table, weight: Table
) -> tuple[Table, Table]:
    """Minimise weighted log loss + half the squared length; returns the weights of both blocks of columns."""
    across, split = sp.csr_matrix(grams.T), grams.shape[1]

    def loss(weights: Table) -> tuple[float, Table]:
        logits = offset + grams @ weights[:split].astype(np.float32) + dense @ weights[split:]
        excess = weight * (_sigmoid(logits) - target)
        losses = weight * (np.logaddexp(0.0, logits) - target * logits)
        slope = np.concatenate((across @ excess.astype(np.float32), dense.T @ excess)) + weights
        return float(losses.sum() + 0.5 * weights @ weights), slope

    options = {"maxiter": _ITERATIONS, "gtol": _FLAT}
    best = minimize(loss, np.zeros(split + dense.shape[1]), jac=True, method="L-BFGS-B", options=options).x
    return best[:split], best[split:]


def _sigmoid(logits: Table) -> Table:
    return np.asarray(1.0 / (1.0 + np.exp(-logits)))
