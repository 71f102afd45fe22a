"""The rows that hold whatever a site decides: written checks of regression, abilities, fairness and disguise, cost.

Bounds hang on the base, not on the last correction: otherwise ten retrainings could each lose a little. Here: the rows
and their bounds. Not here: the texts (`checks`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.prediction import Submission
from classifier.training.checks import (
    Scoring,
    evasion_figures,
    frozen_figures,
    functional_figures,
    identity_figures,
)
from classifier.training.gate.row import Row, at_least, at_most

LARGEST = 4.0  # MiB of one site's correction
_SLOWEST = 1.0  # milliseconds a comment, in batches of 64
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Contestants:
    """Who is compared: what the bounds hang on, what is in use, and the candidate."""

    base: Scoring
    old: Scoring
    new: Scoring


@dataclass(frozen=True, slots=True)
class _Limit:
    """How much worse than the base a figure may be. `sign` is 1 where more is better."""

    metric: str
    what: str
    slack: float
    sign: int = 1


_FROZEN = {
    "spam_auc": _Limit("frozen set, spam AUC", "AUC of clear spam against harmless comments", 0.02),
    "toxic_auc": _Limit("frozen set, toxic AUC", "AUC of clear abuse against harmless comments", 0.02),
    "benign_flagged": _Limit("frozen set, harmless flagged", "Share of harmless comments at 0.5 or more", 0.05, -1),
    # A site with little to remove lowers all scores, clear cases the least: wide enough for that, and no wider.
    "spam_missed": _Limit("frozen set, spam missed", "Share of clear spam below 0.5", 0.25, -1),
    "abuse_missed": _Limit("frozen set, abuse missed", "Share of clear abuse below 0.5", 0.11, -1),
}
_IDENTITY = {
    "subgroup_auc": _Limit("fairness, subgroup AUC", "AUC within sentences naming a group", 0.02),
    "bpsn_auc": _Limit("fairness, worst BPSN AUC", "AUC of one group's harmless sentences against other abuse", 0.05),
    "bnsp_auc": _Limit("fairness, worst BNSP AUC", "AUC of abuse of one group against other harmless sentences", 0.05),
    "fpr_gap": _Limit("fairness, false positives", "Surplus of false positives where a group is named", 0.04, -1),
}
_EVASION = {
    "toxic": _Limit("evasion, toxic kept", "Share of abuse found though disguised", 0.1),
    "spam": _Limit("evasion, spam kept", "Share of spam found though disguised", 0.1),
}
_ABILITIES = {"passed": _Limit("functional tests", "Share of functional tests passed", 0.05)}


def standing_rows(contestants: Contestants, size: float) -> Iterator[Row]:
    """The rows of all written checks, then of `size` (MiB of the candidate's arrays) and speed."""
    for limits, figures in (
        (_FROZEN, frozen_figures),
        (_ABILITIES, _abilities),
        (_IDENTITY, _identity),
        (_EVASION, _evasion),
    ):
        yield from _rows(contestants, limits, figures)
    yield at_most("size", "Size of the correction in MiB", size, size, LARGEST, 1)
    before, after = _milliseconds(contestants.old), _milliseconds(contestants.new)
    yield at_most("speed", "Milliseconds a comment in batches of 64", before, after, max(_SLOWEST, 1.5 * before), 64)


def _rows(
    contestants: Contestants, limits: dict[str, _Limit], figures: Callable[[Scoring], dict[str, float]]
) -> Iterator[Row]:
    counted = _Counted(contestants.new)
    asked = {score: figures(score) for score in {contestants.base, contestants.old}}
    old, new, base = asked[contestants.old], figures(counted), asked[contestants.base]
    for key, limit in limits.items():
        row = at_least if limit.sign > 0 else at_most
        yield row(limit.metric, limit.what, old[key], new[key], base[key] - limit.sign * limit.slack, counted.texts)


class _Counted:
    """A scoring that remembers how many texts it was asked about."""

    def __init__(self, score: Scoring) -> None:
        self._score = score
        self.texts = 0

    def __call__(self, submissions: Sequence[Submission]) -> NDArray[np.float64]:
        self.texts += len(submissions)
        return self._score(submissions)


def _identity(score: Scoring) -> dict[str, float]:
    """Within a group the mean over the terms; across groups the worst, since the means of both are the same figure."""
    figures = identity_figures(score)
    across = {key: _figure(figures[key], "worst") for key in ("bpsn_auc", "bnsp_auc")}
    return {"subgroup_auc": _figure(figures["subgroup_auc"], "mean"), "fpr_gap": _figure(figures["fpr_gap"])} | across


def _figure(figure: dict[str, float] | float, which: str = "") -> float:
    return figure[which] if isinstance(figure, dict) else figure


def _evasion(score: Scoring) -> dict[str, float]:
    try:
        return evasion_figures(score)
    except ValueError:  # a model that detects nothing keeps nothing
        return dict.fromkeys(_EVASION, 0.0)


def _abilities(score: Scoring) -> dict[str, float]:
    figures = functional_figures(score).values()
    return {"passed": sum(figure["passed"] for figure in figures) / sum(figure["cases"] for figure in figures)}


def _milliseconds(score: Scoring) -> float:
    """Processor time a comment of 160 characters: the median of a few rounds, since a machine has other work too."""
    batch = [Submission(f"I read the {n}th paragraph twice and wonder who pays in the end. " * 2) for n in range(64)]
    rounds = []
    for _ in range(_ROUNDS):
        begin = time.process_time()
        score(batch)
        rounds.append((time.process_time() - begin) / len(batch) * 1000)
    return sorted(rounds)[_ROUNDS // 2]
