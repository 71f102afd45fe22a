"""Hashed n-grams of many texts at once, by NumPy alone.

Here: character 2- to 5-grams (pairs only where a script is dense, such as Chinese) and word 1- and 2-grams; an
ideograph or kana is a word of its own. Each gram knows where it stands, so that a score can be explained exactly.
Not here: normalising, weights.

Method: hashing trick (Weinberger et al. 2009); word hashes by differences of a polynomial prefix sum modulo 2**64,
so that no Python loop runs over characters or words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from classifier.text.folding import code_points

Numbers = NDArray[np.uint64]
Places = NDArray[np.int64]

_BASE = 0x9E3779B97F4A7C15 | 1
_FINAL = np.uint64(0xBF58476D1CE4E5B9)
_PAIR = np.uint64(0x94D049BB133111EB)
_TABLE = 0x20000
_DENSE_FROM = 0x2E80  # from here on characters carry syllables or words: pairs of them are worth a feature


@dataclass(frozen=True, slots=True)
class Grams:
    """The grams of one family over a batch. `row` says which text, `begin`/`end` where in that (normalised) text."""

    bucket: Places
    row: Places
    begin: Places
    end: Places


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of gram with its share of the score: all grams of one text and family weigh `share / sqrt(count)`."""

    name: str
    share: float


FAMILIES = (Family("characters", 1.0), Family("words", 1.0))


@dataclass(frozen=True, slots=True)
class _Batch:
    points: NDArray[np.uint32]  # all texts, each between spaces, one zero after each
    row: Places
    start: Places  # where each text begins


def family_grams(texts: Sequence[str], buckets: int) -> dict[str, Grams]:
    """All grams of the normalised `texts`; `buckets` is a power of two."""
    batch = _batch(texts)
    shift = np.uint64(64 - (buckets.bit_length() - 1))
    return {"characters": _characters(batch, shift), "words": _words(batch, shift)}


def _batch(texts: Sequence[str]) -> _Batch:
    joined = "".join(f" {text} \0" for text in texts)
    points = _digits_alike()[np.minimum(code_points(joined), _TABLE - 1)]
    row = np.cumsum(points == 0) - (points == 0)
    start = np.concatenate(([0], np.flatnonzero(points == 0)[:-1] + 1)) if texts else np.zeros(0, np.int64)
    return _Batch(points, row.astype(np.int64), start.astype(np.int64))


def _characters(batch: _Batch, shift: np.uint64) -> Grams:
    values = (batch.points.astype(np.uint64) + np.uint64(1)) * _FINAL
    rolling = values
    parts: list[Grams] = []
    for length in (2, 3, 4, 5):
        if len(values) < length:
            break
        rolling = rolling[:-1] * np.uint64(_BASE) + values[length - 1 :]
        inside = batch.row[: len(rolling)] == batch.row[length - 1 :]
        inside &= batch.points[length - 1 :] != 0
        if length == 2:
            inside &= (batch.points[:-1] >= _DENSE_FROM) & (batch.points[1:] >= _DENSE_FROM)
        at = inside.nonzero()[0]
        parts.append(_grams(batch, rolling[at] + np.uint64(length), at, at + length, shift))
    return _joined(parts)


def _words(batch: _Batch, shift: np.uint64) -> Grams:
    begins, ends = _word_bounds(batch.points)
    hashes = _word_hashes(batch.points, begins, ends)
    single = _grams(batch, hashes * _PAIR + np.uint64(17), begins, ends, shift)
    if len(begins) < 2:
        return single
    together = batch.row[begins[:-1]] == batch.row[begins[1:]]
    pair = (hashes[:-1] * np.uint64(_BASE) + hashes[1:] * _PAIR)[together]
    double = _grams(batch, pair + np.uint64(29), begins[:-1][together], ends[1:][together], shift)
    return _joined([single, double])


def _word_bounds(points: NDArray[np.uint32]) -> tuple[Places, Places]:
    kind = _word_kinds()[np.minimum(points, _TABLE - 1)]
    before = np.concatenate((np.zeros(1, kind.dtype), kind[:-1]))
    after = np.concatenate((kind[1:], np.zeros(1, kind.dtype)))
    begins = ((kind == 2) | ((kind == 1) & (before != 1))).nonzero()[0]
    ends = ((kind == 2) | ((kind == 1) & (after != 1))).nonzero()[0] + 1
    return begins, ends


def _word_hashes(points: NDArray[np.uint32], begins: Places, ends: Places) -> Numbers:
    power, inverse = _powers(1 << max(10, len(points).bit_length()))
    prefix = np.zeros(len(points) + 1, dtype=np.uint64)
    np.cumsum((points.astype(np.uint64) + np.uint64(1)) * power[: len(points)], out=prefix[1:])
    hashes: Numbers = (prefix[ends] - prefix[begins]) * inverse[begins]
    return hashes


def _grams(batch: _Batch, raw: Numbers, begins: Places, ends: Places, shift: np.uint64) -> Grams:
    row = batch.row[begins]
    origin = batch.start[row] + 1  # each text is laid out after one space
    return Grams(_bucket(raw, shift), row, begins - origin, ends - origin)


def _bucket(raw: Numbers, shift: np.uint64) -> Places:
    mixed = raw ^ (raw >> np.uint64(31))
    mixed = mixed * _FINAL
    mixed ^= mixed >> np.uint64(27)
    bucket: Places = ((mixed * _PAIR) >> shift).astype(np.int64)
    return bucket


def _joined(parts: list[Grams]) -> Grams:
    if not parts:
        nothing = np.zeros(0, dtype=np.int64)
        return Grams(nothing, nothing, nothing, nothing)
    return Grams(
        np.concatenate([p.bucket for p in parts]),
        np.concatenate([p.row for p in parts]),
        np.concatenate([p.begin for p in parts]),
        np.concatenate([p.end for p in parts]),
    )


@lru_cache(maxsize=4)
def _powers(length: int) -> tuple[Numbers, Numbers]:
    def ladder(base: int) -> Numbers:
        factors = np.full(length, base, dtype=np.uint64)
        factors[0] = 1
        return np.cumprod(factors, dtype=np.uint64)

    return ladder(_BASE), ladder(pow(_BASE, -1, 1 << 64))


@lru_cache(maxsize=1)
def _digits_alike() -> NDArray[np.uint32]:
    """Every decimal digit is a nought: telephone numbers and brand years differ, their shape does not."""
    table = np.arange(_TABLE, dtype=np.uint32)
    table[[p for p in range(_TABLE) if chr(p).isdecimal()]] = ord("0")
    return table


@lru_cache(maxsize=1)
def _word_kinds() -> NDArray[np.uint8]:
    """0 between words, 1 part of a word (letters, digits, marks, joiners, mask signs), 2 a word by itself."""
    kinds = np.zeros(_TABLE, dtype=np.uint8)
    kinds[[p for p in range(_TABLE) if chr(p).isalnum()]] = 1
    for first, last in ((0x300, 0x36F), (0x591, 0x5C7), (0x610, 0x65F), (0x900, 0xDFF), (0x1780, 0x17D3)):
        kinds[first : last + 1] = np.maximum(kinds[first : last + 1], 1)
    kinds[[0x200C, 0x200D, ord("'"), ord("*"), ord("_"), 0xE31, *range(0xE34, 0xE3B), *range(0xE47, 0xE4F)]] = 1
    kinds[0x964:0x966] = 0
    for first, last in (
        (0x3041, 0x30FF),
        (0x3400, 0x4DBF),
        (0x4E00, 0x9FFF),
        (0x1F000, 0x1FAFF),
        (0x2600, 0x27BF),
    ):
        kinds[first : last + 1] = 2
    kinds[_TABLE - 1] = 2  # everything beyond the table: rare ideographs
    return kinds
