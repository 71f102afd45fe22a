"""Weighted figures on held-out decisions, each with the standard error of its change from one model to the next.

The two models judge the same comments, so the error of the difference is much smaller than that of either figure.
AUC and its error by placements (DeLong, DeLong, Clarke-Pearson 1988). Not here: bounds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

_BINS = 10
_SUREST = 1e-4  # no score counts as surer than this: one bold mistake must not be the whole log loss


@dataclass(frozen=True, slots=True)
class Change:
    """A figure of the old and of the new model, and the standard error of the difference."""

    old: float
    new: float
    error: float


def auc_change(truth: Values, old: Values, new: Values, weights: Values) -> Change:
    """Area under the ROC curve; `truth` is 0..1 and cut at 0.5, both sides must occur."""
    bad = truth >= 0.5
    sides = (weights[bad], weights[~bad])
    olds = _placements(old[bad], old[~bad], *sides)
    news = _placements(new[bad], new[~bad], *sides)
    errors = [_mean_error(n - o, w) for o, n, w in zip(olds, news, sides, strict=True)]
    area_old, area_new = (float(np.average(placed[0], weights=sides[0])) for placed in (olds, news))
    return Change(area_old, area_new, math.hypot(*errors))


def log_loss_change(truth: Values, old: Values, new: Values, weights: Values) -> Change:
    """Mean log loss in nats, for targets of 0..1."""
    losses = [_losses(truth, scores) for scores in (old, new)]
    means = [float(np.average(loss, weights=weights)) for loss in losses]
    return Change(means[0], means[1], _mean_error(losses[1] - losses[0], weights))


def calibration_error(truth: Values, scores: Values, weights: Values) -> float:
    """Expected calibration error: |said - seen|, averaged over ten bins of equal size (Naeini et al. 2015)."""
    bins = np.minimum(np.argsort(np.argsort(scores, kind="stable")) * _BINS // len(scores), _BINS - 1)
    said, seen = (np.bincount(bins, weights * values, _BINS) for values in (scores, truth))
    return float(np.abs(said - seen).sum() / weights.sum())


def _placements(bad: Values, good: Values, bad_weights: Values, good_weights: Values) -> tuple[Values, Values]:
    """For each bad comment the share of good ones below it, for each good one the share of bad ones above it."""
    return _share_below(bad, good, good_weights), 1 - _share_below(good, bad, bad_weights)


def _share_below(scores: Values, others: Values, weights: Values) -> Values:
    """Ties count half."""
    order = np.argsort(others)
    total = np.concatenate(([0.0], np.cumsum(weights[order])))
    places = [np.searchsorted(others[order], scores, side) for side in ("left", "right")]
    return np.asarray((total[places[0]] + total[places[1]]) / (2 * total[-1]))


def _losses(truth: Values, scores: Values) -> Values:
    given = np.clip(scores, _SUREST, 1 - _SUREST)
    return np.asarray(-(truth * np.log(given) + (1 - truth) * np.log1p(-given)))


def _mean_error(values: Values, weights: Values) -> float:
    spread = values - np.average(values, weights=weights)
    return float(np.sqrt(((weights * spread) ** 2).sum()) / weights.sum())
