"""From out-of-fold logits to a calibration table: Platt's curve, bent to the rates that were seen.

Method: Platt scaling (1999) as the prior of each bin's rate, isotonic regression (pool adjacent violators) over the
bins, straight lines between them. Each source is brought to an assumed base rate (`Recipe.assumed_rates`) by itself,
because the data sets' own rates are accidents of their making. Not here: applying a table (`classifier.calibration`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from classifier.calibration import Table
from classifier.training.logistic import sigmoid

Vector = NDArray[np.float64]

_BINS = 24
_FEWEST = 15  # rows of each side that a source needs to be brought to the rate by itself
_PRIOR = 30.0  # effective rows that Platt's curve counts for in each bin
_LOWEST, _HIGHEST = 0.001, 0.995  # nobody should be surer than the data can show
_REACH = 12.0  # logits; the curve goes on with Platt's slope up to here


def calibrate(logits: Vector, targets: Vector, weights: Vector, strata: NDArray[np.str_], rate: float) -> Table:
    """A table for one label. Within each stratum positives are brought to `rate`; one-sided strata count together."""
    weights = at_rates(targets, weights, strata, rate)
    counted = weights > 0
    logits, targets, weights = logits[counted], targets[counted], weights[counted]
    slope, offset = _platt(logits, targets, weights)
    edges = np.quantile(logits, np.linspace(0, 1, _BINS + 1))
    number = np.clip(np.searchsorted(edges, logits, side="right") - 1, 0, _BINS - 1)
    size = np.maximum(np.bincount(number, weights, _BINS), 1e-9)
    centre = np.bincount(number, weights * logits, _BINS) / size
    seen = np.bincount(number, weights * targets, _BINS) / size
    rows = size * size / np.maximum(np.bincount(number, weights**2, _BINS), 1e-12)
    rates = (seen * rows + _PRIOR * sigmoid(slope * centre + offset)) / (rows + _PRIOR)
    filled = np.bincount(number, minlength=_BINS) > 0
    return _table(centre[filled], rates[filled], size[filled], slope)


def _table(centre: Vector, rates: Vector, size: Vector, slope: float) -> Table:
    order = np.argsort(centre)
    centre, rates, size = centre[order], rates[order], size[order]
    rising = IsotonicRegression(out_of_bounds="clip").fit(centre, rates, sample_weight=size).predict(centre)
    calibrated = _logit(np.clip(rising, _LOWEST, _HIGHEST))
    keep = np.concatenate(([True], np.diff(centre) > 1e-4))
    centre, calibrated = centre[keep], calibrated[keep]
    low, high = min(-_REACH, centre[0] - 1), max(_REACH, centre[-1] + 1)
    ends = (calibrated[0] - slope * (centre[0] - low), calibrated[-1] + slope * (high - centre[-1]))
    points = np.concatenate(([low], centre, [high]))
    curve = np.clip(np.concatenate(([ends[0]], calibrated, [ends[1]])), _logit(_LOWEST), _logit(_HIGHEST))
    rising_curve = np.round(np.maximum.accumulate(curve), 4)
    return Table(np.round(points, 4).astype(np.float64), rising_curve.astype(np.float64))


def at_rates(targets: Vector, weights: Vector, strata: NDArray[np.str_], rate: float) -> Vector:
    """Weights under which every source has the same rate, so that no source's own rate shifts the curve."""
    merged = strata.copy()
    for name in np.unique(strata):
        sides = targets[strata == name] >= 0.5
        if min(int(sides.sum()), int((~sides).sum())) < _FEWEST:
            merged[strata == name] = ""
    scaled = np.zeros(len(weights))
    for name in np.unique(merged):
        mine = merged == name
        positive = float((weights[mine] * targets[mine]).sum())
        negative = float((weights[mine] * (1 - targets[mine])).sum())
        if positive > 0 and negative > 0:
            share = targets[mine] * rate / positive + (1 - targets[mine]) * (1 - rate) / negative
            scaled[mine] = weights[mine] * share * (positive + negative)
    return np.asarray(scaled * np.count_nonzero(scaled) / scaled.sum(), dtype=np.float64)


def _platt(logits: Vector, targets: Vector, weights: Vector) -> tuple[float, float]:
    both = np.concatenate((logits, logits))[:, None]
    sides = np.concatenate((np.ones(len(logits)), np.zeros(len(logits))))
    shares = np.concatenate((weights * targets, weights * (1 - targets)))
    model = LogisticRegression(C=1e4).fit(both, sides, sample_weight=shares)
    return max(float(model.coef_[0, 0]), 0.05), float(model.intercept_[0])


def _logit(rates: Vector | float) -> Vector:
    return np.asarray(np.log(rates) - np.log1p(-np.asarray(rates)))
