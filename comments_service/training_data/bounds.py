"""How often something is wrong, from decisions that speak for unequally many comments: estimate and interval. Pure.

Method: the gamma interval for weighted counts of rare events (Fay, Feuer 1997, Statistics in Medicine 16: 791-801),
with the largest weight for the event that was not seen. It holds its promise where weights are unequal and nothing was
found wrong yet; with equal weights it is the exact Poisson interval. For shares of all comments: Wilson (1927).
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rate:
    """A share 0..1 with its bounds, each of which is passed with one minus the confidence asked for."""

    estimate: float
    lower: float
    upper: float


def weighted_rate(weights: Floats, wrong: NDArray[np.bool_], confidence: float) -> Rate:
    """The share of wrong ones, each decision counting for `weights` (> 0) comments. Without any: 0, up to 1."""
    if not len(weights):
        return Rate(0.0, 0.0, 1.0)
    whole, found = float(weights.sum()), weights[wrong]
    total, squares, unseen = float(found.sum()), float((found**2).sum()), float(weights.max())
    upper = _gamma(total + unseen, squares + unseen**2, confidence)
    lower = _gamma(total, squares, 1 - confidence) if total else 0.0
    return Rate(total / whole, lower / whole, min(1.0, upper / whole))


def _gamma(mean: float, variance: float, quantile: float) -> float:
    """A quantile of the gamma distribution with this mean and variance."""
    return float(gammaincinv(mean**2 / variance, quantile)) * variance / mean


def equal_decisions(weights: Floats) -> float:
    """As how many decisions of equal weight these count at least: their sum over the largest."""
    return float(weights.sum() / weights.max()) if len(weights) else 0.0


def decisions_needed(limit: float, confidence: float) -> float:
    """How many decisions of equal weight, none of them a mistake, show a rate below `limit`."""
    return -math.log(1 - confidence) / limit


def share(part: int, whole: int, confidence: float) -> Rate:
    """`part` of `whole` as a share, with Wilson's score interval."""
    if not whole:
        return Rate(0.0, 0.0, 1.0)
    z, p = NormalDist().inv_cdf(confidence), part / whole
    middle, spread = p + z * z / (2 * whole), z * math.sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    lower, upper = max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)
    # At 0 and at 1 a bound is the share itself, but rounding may put it on the wrong side.
    return Rate(p, min(lower, p), max(upper, p))
