"""Why a score is what it is: the exact share of each piece of the text, and of each signal beside it.

The model is linear before calibration, so a logit is a sum over grams and signals. Each gram's part is spread evenly
over its characters; a piece's weight is the sum over its characters, so all pieces and signals add up to the logit.
Not here: weights, calibration, which labels deserve a reason.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.features import SIGNALS, Grams
from classifier.prediction import Reason
from classifier.text import Traced

MOST = 5  # reasons for one label
_LEAST = 0.05  # logits; less than this nobody would notice
_LONGEST_PIECE = 40


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
    weights: NDArray[np.float32],
    signal_weights: NDArray[np.float64],
    with_beside: bool,
) -> list[Reason]:
    """The strongest reasons for one label, strongest first."""
    found = _pieces(label, weighed, weights)
    parts = weighed.signals.astype(np.float64) * signal_weights
    found += [Reason(label, 0, 0, _rounded(part), name) for name, part in zip(SIGNALS, parts, strict=True)]
    if with_beside and weighed.beside:
        beside = sum(share * float(_parts(grams, weights).sum()) for share, grams in weighed.beside)
        found.append(Reason(label, 0, 0, _rounded(beside), "name_and_website"))
    noticed = [reason for reason in found if abs(reason.weight) >= _LEAST]
    return sorted(noticed, key=lambda reason: -abs(reason.weight))[:MOST]


def character_weights(weighed: Weighed, weights: NDArray[np.float32]) -> NDArray[np.float64]:
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


def _parts(grams: Grams, weights: NDArray[np.float32]) -> NDArray[np.float64]:
    return np.asarray(weights[grams.bucket] / np.sqrt(max(len(grams.bucket), 1)), dtype=np.float64)


def _pieces(label: str, weighed: Weighed, weights: NDArray[np.float32]) -> list[Reason]:
    text = weighed.text
    if not text.text.strip():
        return []
    total = np.concatenate(([0.0], np.cumsum(character_weights(weighed, weights))))
    found = []
    for begin, end in _joined(_words(text.text), total):
        first, last = text.span(begin, end)
        weight = float(total[end] - total[begin])
        found.append(
            Reason(label, _original(weighed, first), _original(weighed, last - 1) + 1, _rounded(weight))
        )
    return found


def _words(text: str) -> list[tuple[int, int]]:
    """Words, that is runs between spaces; where a script has no spaces, single characters."""
    bounds: list[tuple[int, int]] = []
    begin = -1
    for at, char in enumerate(text + " "):
        alone = char >= "\u2e80" and not "\uac00" <= char <= "\ud7a3"
        if (char == " " or alone) and begin >= 0:
            bounds.append((begin, at))
            begin = -1
        if alone:
            bounds.append((at, at + 1))
        elif char != " " and begin < 0:
            begin = at
    return bounds


def _joined(words: list[tuple[int, int]], total: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Neighbours that push the same way with comparable force are one piece: "go kill yourself", not three."""
    if not words:
        return []
    forces = [float(total[end] - total[begin]) for begin, end in words]
    enough = 0.4 * max(map(abs, forces))
    pieces = [words[0]]
    for before, now, (begin, end) in zip(forces, forces[1:], words[1:], strict=False):
        first = pieces[-1][0]
        if before * now > 0 and min(abs(before), abs(now)) >= enough and end - first <= _LONGEST_PIECE:
            pieces[-1] = (first, end)
        else:
            pieces.append((begin, end))
    return pieces


def _original(weighed: Weighed, place: int) -> int:
    """A place in what was read → the same place in what was submitted, where the middle had been left out."""
    return place + weighed.gap if weighed.gap and place > weighed.head else place


def _rounded(weight: float) -> float:
    return round(weight, 3)
