"""Which decisions judge a candidate: the latest ones, of threads and texts that the earlier ones have nothing of.

Here: the split and the rows of the table that rest on it. Not here: formulas (`measures`), the written checks
(`standing`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.prediction import LABELS
from classifier.training.examples import Example
from classifier.training.gate.measures import auc_change, calibration_error, log_loss_change
from classifier.training.gate.row import Row, at_least, at_most, too_few

Values = NDArray[np.float64]
Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]

_SHARE = 0.25  # of the decisions, the latest
_EACH_SIDE = 8  # held-out decisions for a label and against it that its figures need
_FOR_CALIBRATION = 100  # held-out decisions; ten bins of ten
_FOR_SURE = 20  # held-out comments beyond a threshold that its share needs
_SLACK = 0.01  # of log loss and of AUC: less nobody notices
_CALIBRATION_SLACK = 0.02
_HIGH, _LOW = 0.8, 0.1


@dataclass(frozen=True, slots=True)
class HoldOut:
    """Row numbers: what the judged candidate learns from, and what it is judged by."""

    earlier: Rows
    later: Rows
    threads_torn: bool  # few long threads: a thread's later comments are judged though its earlier ones were learnt


def hold_out(examples: Sequence[Example], groups: Rows) -> HoldOut:
    """Split examples that are in order of time. `groups` are near-duplicates.

    A later comment whose near-duplicate or whose thread was decided before is neither learnt from nor judged by. Where
    that would leave less than half, threads are torn apart and only near-duplicates kept away.
    """
    cut = round(len(examples) * (1 - _SHARE))
    earlier, later = np.arange(cut), np.arange(cut, len(examples))
    fresh = later[~np.isin(groups[later], groups[earlier])]
    begun = {example.thread for example in examples[:cut]} - {""}
    in_new_threads = fresh[[examples[row].thread not in begun for row in fresh]]
    if 2 * len(in_new_threads) >= len(fresh):
        return HoldOut(earlier, in_new_threads, threads_torn=False)
    return HoldOut(earlier, fresh, threads_torn=True)


def held_out_rows(said: Values, old: Values, new: Values, weights: Values) -> Iterator[Row]:
    """The table's rows on held-out decisions: `said` (NaN: not known), `old` and `new` scores are rows x LABELS."""
    for column, label in enumerate(LABELS):
        known = ~np.isnan(said[:, column])
        sides = (said[known, column], old[known, column], new[known, column], weights[known])
        yield from _label_rows(label, *sides)
    yield from _sure_rows(said, old.max(axis=1), new.max(axis=1), weights)


def _label_rows(label: str, truth: Values, old: Values, new: Values, weights: Values) -> Iterator[Row]:
    metrics = (f"held-out log loss, {label}", f"held-out AUC, {label}", f"held-out calibration error, {label}")
    what = (f"Log loss of {label} on later decisions", f"AUC of {label} on later decisions")
    fewest = min(int((truth >= 0.5).sum()), int((truth < 0.5).sum()))
    if fewest < _EACH_SIDE:
        if label in ("spam", "toxic"):  # what a site decides every day; rows for each rare kind would say nothing
            yield too_few(metrics[0], what[0], fewest, _EACH_SIDE, "decisions of the rarer side")
        return
    loss, area = log_loss_change(truth, old, new, weights), auc_change(truth, old, new, weights)
    yield at_most(metrics[0], what[0], loss.old, loss.new, loss.old + max(_SLACK, loss.error), len(truth))
    yield at_least(metrics[1], what[1], area.old, area.new, area.old - max(_SLACK, area.error), len(truth))
    if len(truth) >= _FOR_CALIBRATION:
        before, after = (calibration_error(truth, scores, weights) for scores in (old, new))
        bound = max(before, 0.5 / np.sqrt(len(truth))) + _CALIBRATION_SLACK  # chance alone makes some error
        yield at_most(metrics[2], f"Calibration error of {label} on later decisions", before, after, bound, len(truth))


def _sure_rows(said: Values, old: Values, new: Values, weights: Values) -> Iterator[Row]:
    """Where a score is sure enough to act on, is it right as often as it says? By the highest score of a comment."""
    unwanted: Mask = np.asarray((np.nan_to_num(said) >= 0.5).any(axis=1))
    fine: Mask = np.asarray((said[:, LABELS.index("spam")] < 0.5) & (said[:, LABELS.index("toxic")] < 0.5))
    known: Mask = np.asarray(unwanted | fine)
    high, low = (known & (old >= _HIGH), known & (new >= _HIGH)), (known & (old < _LOW), known & (new < _LOW))
    what = f"Share of wanted comments among later ones at {_HIGH} or more"
    yield _sure_row("held-out false positives", what, fine, high, weights, 1 - _HIGH)
    what = f"Share of unwanted comments among later ones below {_LOW}"
    yield _sure_row("held-out false negatives", what, unwanted, low, weights, _LOW)


def _sure_row(metric: str, what: str, wrong: Mask, sure: tuple[Mask, Mask], weights: Values, allowed: float) -> Row:
    """Of those beyond a threshold (by the old and the new scores: `sure`) as many may be `wrong` as before, or as the
    threshold itself allows."""
    count = int(sure[1].sum())
    if count < _FOR_SURE:
        return too_few(metric, what, count, _FOR_SURE, "such comments")
    old, new = (float(np.average(wrong[at], weights=weights[at])) if at.any() else 0.0 for at in sure)
    likely = max(old, allowed)
    error = np.sqrt(likely * (1 - likely) / count)
    return at_most(metric, what, old, new, likely + max(_SLACK, error), count)
