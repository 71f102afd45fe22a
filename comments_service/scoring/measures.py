"""How well scores agree with what people decided: ranking, log loss, calibration. Plain arithmetic on plain lists."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Judged = tuple[float, float, float]  # score 0..1, what a person said 0..1, weight

_BINS = 10
_NEAREST = 1e-4  # scores are rounded so; a certain score that is wrong must not cost infinitely much


@dataclass(frozen=True, slots=True)
class Agreement:
    """`auc` is None where only one kind of decision is there; `calibration_error` is the mean gap over ten bins."""

    decisions: int
    removed: int
    auc: float | None
    log_loss: float
    calibration_error: float


def agreement(judged: Sequence[Judged]) -> Agreement | None:
    """Figures over all of `judged`; None where there is nothing."""
    if not judged:
        return None
    return Agreement(
        decisions=len(judged),
        removed=sum(said >= 0.5 for _, said, _ in judged),
        auc=_auc(judged),
        log_loss=round(_mean((_loss(score, said), weight) for score, said, weight in judged), 4),
        calibration_error=round(_calibration_error(judged), 4),
    )


def _auc(judged: Sequence[Judged]) -> float | None:
    """Share of pairs (removed, kept) in which the removed one has the higher score; ties count half."""
    total_for = sum(weight for _, said, weight in judged if said >= 0.5)
    total_against = sum(weight for _, said, weight in judged if said < 0.5)
    if not total_for or not total_against:
        return None
    won = below = 0.0
    by_score: dict[float, list[Judged]] = {}
    for one in judged:
        by_score.setdefault(one[0], []).append(one)
    for score in sorted(by_score):
        removed = sum(weight for _, said, weight in by_score[score] if said >= 0.5)
        kept = sum(weight for _, said, weight in by_score[score] if said < 0.5)
        won += removed * (below + kept / 2)
        below += kept
    return round(won / (total_for * total_against), 4)


def _calibration_error(judged: Sequence[Judged]) -> float:
    bins: dict[int, list[Judged]] = {}
    for one in judged:
        bins.setdefault(min(_BINS - 1, int(one[0] * _BINS)), []).append(one)
    gaps = (
        (
            abs(_mean((score, weight) for score, _, weight in found) - _mean((said, w) for _, said, w in found)),
            sum(weight for _, _, weight in found),
        )
        for found in bins.values()
    )
    return _mean(gaps)


def _loss(score: float, said: float) -> float:
    held = min(1 - _NEAREST, max(_NEAREST, score))
    return -(said * math.log(held) + (1 - said) * math.log(1 - held))


def _mean(weighed: Iterable[tuple[float, float]]) -> float:
    pairs = list(weighed)
    return sum(value * weight for value, weight in pairs) / sum(weight for _, weight in pairs)
