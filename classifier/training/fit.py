"""Finding the weights: one logistic regression a label, on the rows where that label is known.

Soft labels (shares of annotators) are fitted exactly, as a row of each side. Each source of which both sides are
known gets an intercept of its own while fitting, which is dropped afterwards: how toxic a data set is on the whole is
an accident of its making and must not be learned from its vocabulary. Not here: the mixture, calibration.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from classifier.features import SIGNALS
from classifier.pipeline import BESIDE_LABELS
from classifier.prediction import LABELS
from classifier.training.matrix import Matrix
from classifier.training.mix import Mixture
from classifier.training.recipes import Recipe

_FEWEST = 20  # rows of each side that a source needs for an intercept of its own
_OWN = 0.5  # scale of these intercepts; the smaller, the more they are held towards nought


@dataclass(frozen=True, slots=True)
class Weights:
    """Buckets x LABELS, SIGNALS x LABELS, LABELS."""

    grams: NDArray[np.float32]
    signals: NDArray[np.float64]
    intercepts: NDArray[np.float64]

    def logits(self, matrix: Matrix) -> NDArray[np.float64]:
        total = matrix.text @ self.grams + matrix.signals @ self.signals + self.intercepts
        beside = [LABELS.index(label) for label in BESIDE_LABELS]
        total[:, beside] += matrix.beside @ self.grams[:, beside]
        return np.asarray(total, dtype=np.float64)


def fit(mixture: Mixture, matrix: Matrix, rows: NDArray[np.bool_], recipe: Recipe) -> Weights:
    """Fit every label on the chosen rows. A label without both sides among them keeps weights of zero."""
    weights = _nothing(matrix)
    for label in LABELS:
        _put(weights, label, _fit_label(mixture, matrix, rows, label, recipe))
    return weights


def fit_label(mixture: Mixture, matrix: Matrix, rows: NDArray[np.bool_], label: str, recipe: Recipe) -> Weights:
    """Fit one label alone; the others keep weights of zero."""
    weights = _nothing(matrix)
    _put(weights, label, _fit_label(mixture, matrix, rows, label, recipe))
    return weights


def _nothing(matrix: Matrix) -> Weights:
    grams = np.zeros((matrix.text.shape[1], len(LABELS)), dtype=np.float32)
    return Weights(grams, np.zeros((len(SIGNALS), len(LABELS))), np.zeros(len(LABELS)))


def _put(weights: Weights, label: str, found: tuple[NDArray[np.float64], float] | None) -> None:
    if found is not None:
        column, buckets = LABELS.index(label), len(weights.grams)
        weights.grams[:, column] = found[0][:buckets]
        weights.signals[:, column] = found[0][buckets:]
        weights.intercepts[column] = found[1]


def _fit_label(
    mixture: Mixture, matrix: Matrix, rows: NDArray[np.bool_], label: str, recipe: Recipe
) -> tuple[NDArray[np.float64], float] | None:
    column = LABELS.index(label)
    known = np.flatnonzero(rows & (mixture.weights[:, column] > 0))
    target, weight = mixture.targets[known, column], mixture.weights[known, column]
    if not (target > 0.5).any() or not (target < 0.5).any():
        return None
    at, sides, weights = _two_sided(target, weight)
    features = matrix.text[known[at]] + matrix.beside[known[at]] if label in BESIDE_LABELS else matrix.text[known[at]]
    own = _source_intercepts(np.array(mixture.corpus.sources)[known], target)
    whole = sp.hstack([features, sp.csr_matrix(matrix.signals[known[at]]), own[at]], "csr").astype(np.float32)
    model = LogisticRegression(C=recipe.strength, solver="lbfgs", max_iter=recipe.iterations, tol=1e-3)
    model.fit(whole, sides, sample_weight=weights.astype(np.float32))
    shared = features.shape[1] + len(SIGNALS)
    # What all sources' intercepts have in common belongs to the label: without it folds would not be comparable.
    typical = _OWN * float(model.coef_[0][shared:].mean())
    return model.coef_[0][:shared], float(model.intercept_[0]) + typical


def _two_sided(
    target: NDArray[np.float32], weight: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int8], NDArray[np.float64]]:
    """(row numbers, 0/1, weights): a target of 0.3 becomes 0.3 of a positive and 0.7 of a negative row."""
    positive, negative = np.flatnonzero(target > 0), np.flatnonzero(target < 1)
    at = np.concatenate((positive, negative))
    sides = np.concatenate((np.ones(len(positive), np.int8), np.zeros(len(negative), np.int8)))
    shares = np.concatenate((target[positive], 1 - target[negative]))
    return at, sides, weight[at] * shares


def _source_intercepts(sources: NDArray[np.str_], target: NDArray[np.float32]) -> sp.csr_matrix:
    columns = []
    for name in np.unique(sources):
        mine = sources == name
        if min((target[mine] >= 0.5).sum(), (target[mine] < 0.5).sum()) >= _FEWEST:
            columns.append(mine)
    if not columns:
        return sp.csr_matrix((len(sources), 1), dtype=np.float32)
    return sp.csr_matrix(np.stack(columns, axis=1).astype(np.float32) * _OWN)
