"""Why a score is what it is: the exact share of each piece of the text, and of each signal beside it.

The model is linear before calibration, so a logit is a sum over grams and signals. Each gram's part is spread evenly
over its characters; a piece's weight is the sum over its characters, so all pieces and signals add up to the logit.
Not here: weights, calibration, which labels deserve a reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.correction import CorrectedColumn
from classifier.features import SIGNALS, Grams
from classifier.prediction import Reason
from classifier.text import Traced

MOST = 5  # reasons for one label
_LEAST = 0.05  # logits; less than this nobody would notice
_LONGEST_PIECE = 40
_DENSE = "\u2e80-\uabff\ud7a4-\U0010ffff"  # scripts without spaces, and emoji: each character a piece by itself
GramWeights = NDArray[np.float16] | CorrectedColumn  # of one label, indexed by bucket
_WORD = re.compile(f"[{_DENSE}]|[^ {_DENSE}]+")


@dataclass(frozen=True, slots=True)
class Weighed:
    """One submission's grams and signals, ready to be explained."""

    text: Traced
    head: int
    gap: int
    grams: list[tuple[float, Grams]]
    beside: list[tuple[float, Grams]]
    signals: NDArray[np.float32]


def reasons_for(
    label: str,
    weighed: Weighed,
    weights: GramWeights,
    signal_weights: NDArray[np.float64],
    with_beside: bool,
) -> list[Reason]:
    """The strongest reasons for one label, strongest first."""
    found = _pieces(label, weighed, weights)
    parts = weighed.signals.astype(np.float64) * signal_weights
    for at in np.flatnonzero(np.abs(parts) >= _LEAST).tolist():
        found.append(Reason(label, 0, 0, _rounded(parts[at]), SIGNALS[at]))
    if with_beside and weighed.beside:
        beside = sum(share * float(_parts(grams, weights).sum()) for share, grams in weighed.beside)
        found.append(Reason(label, 0, 0, _rounded(beside), "name_and_website"))
    noticed = [reason for reason in found if abs(reason.weight) >= _LEAST]
    return sorted(noticed, key=lambda reason: -abs(reason.weight))[:MOST]


def character_weights(weighed: Weighed, weights: GramWeights) -> NDArray[np.float64]:
    """What each character of the normalised text adds to the logit; the sum is the text's whole part."""
    length = len(weighed.text.text)
    slopes = np.zeros(length + 1)
    for share, grams in weighed.grams:
        begin = np.maximum(grams.begin, 0)
        end = np.maximum(np.minimum(grams.end, length), begin)
        begin = np.where(end == begin, np.maximum(begin - 1, 0), begin)
        each = share * _parts(grams, weights) / np.maximum(end - begin, 1)
        np.add.at(slopes, begin, each)
        np.add.at(slopes, np.maximum(end, begin + 1) if length else end, -each)
    return np.asarray(np.cumsum(slopes)[:length])


def _parts(grams: Grams, weights: GramWeights) -> NDArray[np.float64]:
    return np.asarray(weights[grams.bucket] / np.sqrt(max(len(grams.bucket), 1)), dtype=np.float64)


def _pieces(label: str, weighed: Weighed, weights: GramWeights) -> list[Reason]:
    text = weighed.text
    words = [match.span() for match in _WORD.finditer(text.text)]
    if not words:
        return []
    total = np.concatenate(([0.0], np.cumsum(character_weights(weighed, weights)))).tolist()
    pieces = [(total[end] - total[begin], begin, end) for begin, end in _joined(words, total)]
    strongest = sorted(pieces, key=lambda piece: -abs(piece[0]))[:MOST]
    return [_reason(label, weighed, *piece) for piece in strongest]


def _reason(label: str, weighed: Weighed, weight: float, begin: int, end: int) -> Reason:
    first, last = weighed.text.span(begin, end)
    return Reason(label, _original(weighed, first), _original(weighed, last - 1) + 1, _rounded(weight))


def _joined(words: list[tuple[int, int]], total: list[float]) -> list[tuple[int, int]]:
    """Neighbours that push the same way with comparable force are one piece: "go kill yourself", not three."""
    forces = [total[end] - total[begin] for begin, end in words]
    enough = 0.4 * max(map(abs, forces))
    pieces = [words[0]]
    for before, now, (begin, end) in zip(forces, forces[1:], words[1:], strict=False):
        first = pieces[-1][0]
        strong = -enough >= now or now >= enough
        if strong and before * now > 0 and abs(before) >= enough and end - first <= _LONGEST_PIECE:
            pieces[-1] = (first, end)
        else:
            pieces.append((begin, end))
    return pieces


def _original(weighed: Weighed, place: int) -> int:
    """A place in what was read → the same place in what was submitted, where the middle had been left out."""
    return place + weighed.gap if weighed.gap and place > weighed.head else place


def _rounded(weight: float) -> float:
    return round(float(weight), 3)
