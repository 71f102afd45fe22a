"""Finding the weights: one logistic regression a label, on the rows where that label is known.

Each gram's prior is as wide as the gram tells the two sides apart in the training rows (log-count ratio, Wang and
Manning 2012), so that weight goes to words that carry the label and not to words that are merely rare. Each source of
which both sides are known gets an intercept of its own while fitting, which is dropped afterwards: how toxic a data set
is on the whole is an accident of its making and must not be learned from its vocabulary.
Not here: the mixture, calibration, the solver (`logistic`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from classifier.features import SIGNALS
from classifier.pipeline import BESIDE_LABELS
from classifier.prediction import LABELS
from classifier.training.logistic import Problem, most_probable
from classifier.training.matrix import Matrix
from classifier.training.mix import Mixture
from classifier.training.recipes import Recipe

_FEWEST = 20  # rows of each side that a source needs for an intercept of its own
_OWN = 0.5  # logits: prior width of these intercepts, before the strength
_FREE = 1.0  # prior width of the label's own intercept; among so many rows as good as none, and quick to find

_ABOUT_ABUSE = np.array(
    [name not in ("disguised_letters", "invisible", "on_topic", "off_topic", "off_topic_link") for name in SIGNALS],
    dtype=np.float32,
)

Column = NDArray[np.float64]


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


def fit(
    mixture: Mixture, matrix: Matrix, rows: NDArray[np.bool_], recipe: Recipe, say: Callable[[str], None]
) -> Weights:
    """Fit every label on the chosen rows. A label without both sides among them keeps weights of zero."""
    weights = _nothing(matrix)
    for number, label in enumerate(LABELS):
        say(f"fitting {label} ({number + 1} of {len(LABELS)})")
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


def _put(weights: Weights, label: str, found: tuple[Column, Column, float] | None) -> None:
    if found is not None:
        column = LABELS.index(label)
        weights.grams[:, column], weights.signals[:, column], weights.intercepts[column] = found


def _fit_label(
    mixture: Mixture, matrix: Matrix, rows: NDArray[np.bool_], label: str, recipe: Recipe
) -> tuple[Column, Column, float] | None:
    column = LABELS.index(label)
    known = np.flatnonzero(rows & (mixture.weights[:, column] > 0))
    target, weight = mixture.targets[known, column].astype(np.float64), mixture.weights[known, column]
    if not (target > 0.5).any() or not (target < 0.5).any():
        return None
    grams = matrix.text[known] + matrix.beside[known] if label in BESIDE_LABELS else matrix.text[known]
    width = np.sqrt(recipe.strength[label])
    scale = width * telling(grams, target, weight, recipe.telling[label])
    own = width * _OWN * _source_columns(np.array(mixture.corpus.sources)[known], target)
    signal = width * recipe.signal_width
    dense = np.hstack((signal * _signals(matrix.signals[known], label), own, np.full((len(known), 1), _FREE)))
    problem = Problem(_scaled(grams, scale), dense, 0.0, target, weight / weight.mean())
    found, beside = most_probable(problem, recipe.iterations)
    signals, sources = beside[: len(SIGNALS)], beside[len(SIGNALS) : -1]
    # What all sources' intercepts have in common belongs to the label: without it trainings would not be comparable.
    typical = width * _OWN * float(sources.mean()) if len(sources) else 0.0
    return scale * found, signal * signals, _FREE * float(beside[-1]) + typical


def _signals(values: NDArray[np.float32], label: str) -> NDArray[np.float32]:
    """Who hides letters or strays from the topic may be advertising; abuse is not less abusive for it, nor more."""
    return values if label in BESIDE_LABELS else values * _ABOUT_ABUSE


def telling(grams: sp.csr_matrix, target: Column, weight: Column, power: float) -> NDArray[np.float32]:
    """How far each gram tells the sides apart, |log-count ratio| ** power, with a mean square of 1 over all values."""
    if power == 0:
        return np.ones(grams.shape[1], dtype=np.float32)
    present = sp.csr_matrix((np.ones(grams.nnz, np.float32), grams.indices, grams.indptr), grams.shape)
    for_it = present.T @ (weight * target).astype(np.float32) + 1.0
    against = present.T @ (weight * (1 - target)).astype(np.float32) + 1.0
    ratio = np.abs(np.log(for_it / for_it.sum()) - np.log(against / against.sum())) ** power
    return np.asarray(ratio / np.sqrt((ratio[grams.indices] ** 2).mean()), dtype=np.float32)


def _scaled(grams: sp.csr_matrix, scale: NDArray[np.float32]) -> sp.csr_matrix:
    return sp.csr_matrix((grams.data * scale[grams.indices], grams.indices, grams.indptr), grams.shape)


def _source_columns(sources: NDArray[np.str_], target: Column) -> NDArray[np.float32]:
    columns = []
    for name in np.unique(sources):
        mine = sources == name
        if min((target[mine] >= 0.5).sum(), (target[mine] < 0.5).sum()) >= _FEWEST:
            columns.append(mine)
    return np.stack(columns, axis=1).astype(np.float32) if columns else np.zeros((len(sources), 0), np.float32)
