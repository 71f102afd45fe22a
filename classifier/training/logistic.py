"""The most probable weights of a logistic regression under a normal prior around nought, found by L-BFGS.

Here: soft targets, offsets, sparse and dense columns side by side. scikit-learn's own knows neither of the first two;
giving it every soft row twice, once for each side, costs twice the memory and time. Not here: which columns, whose
prior: a column is scaled by its prior's standard deviation beforehand, so that the prior is the unit ball and a few
dozen steps are enough whatever the scales are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import minimize

Vector = NDArray[np.float64]

_FLAT = 1e-4  # gradient below which nothing that anybody could see changes


@dataclass(frozen=True, slots=True)
class Problem:
    """`grams` and `dense` have a row for each example; `target` is 0..1, `offset` in logits, `weight` not negative."""

    grams: sp.csr_matrix
    dense: NDArray[np.floating]
    offset: Vector | float
    target: Vector
    weight: Vector


def most_probable(problem: Problem, iterations: int = 100) -> tuple[Vector, Vector]:
    """Minimise weighted log loss + half the squared length; returns the weights of `grams` and of `dense`."""
    grams, dense, target, weight = problem.grams, problem.dense, problem.target, problem.weight
    across, split = sp.csr_matrix(grams.T), grams.shape[1]

    def loss(weights: Vector) -> tuple[float, Vector]:
        # einsum, not @: a BLAS starts threads for products this small, and on busy cores they wait for one another.
        beside = np.einsum("ij,j->i", dense, weights[split:])
        logits = problem.offset + grams @ weights[:split].astype(np.float32) + beside
        excess = weight * (sigmoid(logits) - target)
        losses = weight * (np.logaddexp(0.0, logits) - target * logits)
        slope = np.concatenate((across @ excess.astype(np.float32), np.einsum("ij,i->j", dense, excess))) + weights
        return float(losses.sum() + 0.5 * np.einsum("i,i->", weights, weights)), slope

    options = {"maxiter": iterations, "gtol": _FLAT}
    best = minimize(loss, np.zeros(split + dense.shape[1]), jac=True, method="L-BFGS-B", options=options).x
    return best[:split], best[split:]


def sigmoid(logits: Vector) -> Vector:
    return np.asarray(1.0 / (1.0 + np.exp(-logits)))
