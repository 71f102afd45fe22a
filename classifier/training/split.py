"""Splits that never put near-duplicates on both sides. Not here: what is done with the parts.

Method: MinHash over word pairs (Broder 1997), four bands of three minima propose, and the share of equal minima
decides; texts alike in this way, with the same letters, or of one group of their source (minimal pairs, expansions of
one template, a thread, a video) are joined. Proposals alone would chain a third of all comments into one group:
"you are" and "this is" are pairs that everybody writes.
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

from classifier.features import family_grams
from classifier.training.dataset import Corpus
from classifier.training.matrix import folded_texts

_MINIMA = 12
_BAND = 3
_ALIKE = 7  # equal minima of _MINIMA from which two texts count as one: a Jaccard similarity of about 0.6
_BATCH = 4096
_FEWEST_PAIRS = 5  # shorter texts count as near-duplicates only where their letters are equal
_BUCKETS = 1 << 40

TRAIN, VALIDATION, TEST = 0, 1, 2

Minima = NDArray[np.uint64]


def duplicate_groups(corpus: Corpus) -> NDArray[np.int64]:
    """A number for each row; equal numbers must stay together."""
    parent = list(range(len(corpus)))
    texts = folded_texts(corpus)
    _unite_equal([_letters(text) for text in texts], parent)
    _unite_equal(corpus.groups, parent)
    _unite_alike(_all_minima(texts), parent)
    return np.array([_root(parent, row) for row in range(len(corpus))], dtype=np.int64)


def folds(groups: NDArray[np.int64], number: int, seed: int) -> NDArray[np.int64]:
    """A fold number 0..number-1 for each row, equal within a group, the same for the same seed."""
    unique, inverse = np.unique(groups, return_inverse=True)
    return np.random.default_rng(seed).integers(0, number, len(unique))[inverse]


def parts_of(corpus: Corpus) -> NDArray[np.int8]:
    """TRAIN, VALIDATION or TEST for each row: eight tenths, one and one.

    Weights are fitted to the first, settings and calibration are chosen on the second, figures are told of the third.
    A group of near-duplicates is wholly in one part. The choice hangs on the texts, and on the order and the number of
    the rows only where they decide what is alike: a source that is added moves hardly any row to another part.
    """
    groups = duplicate_groups(corpus)
    marks = np.array([_mark(text) for text in folded_texts(corpus)], dtype=np.uint64)
    smallest = np.full(int(groups.max(initial=-1)) + 1, np.iinfo(np.uint64).max, dtype=np.uint64)
    np.minimum.at(smallest, groups, marks)
    tenth = smallest[groups] % np.uint64(10)
    parts = np.where(tenth == 0, VALIDATION, np.where(tenth == 1, TEST, TRAIN)).astype(np.int8)
    parts[_dominant(groups, corpus.sources)] = TRAIN
    return parts


def validation_mask(corpus: Corpus) -> NDArray[np.bool_]:
    """The rows of the part VALIDATION."""
    return np.asarray(parts_of(corpus) == VALIDATION, dtype=np.bool_)


def _dominant(groups: NDArray[np.int64], sources: list[str]) -> NDArray[np.bool_]:
    """Rows of groups that hold a fifth of their source or more: a source of three videos cannot be split by video."""
    _, source = np.unique(sources, return_inverse=True)
    _, cell, sizes = np.unique(np.stack((groups, source)), axis=1, return_inverse=True, return_counts=True)
    return np.asarray(5 * sizes[cell.ravel()] >= np.bincount(source)[source], dtype=np.bool_)


def _mark(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _letters(text: str) -> str:
    """Texts that differ in numbers, signs and spacing alone are the same text."""
    letters = "".join(filter(str.isalpha, text)) or text
    return hashlib.blake2b(letters.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _unite_equal(keys: list[str], parent: list[int]) -> None:
    seen: dict[str, int] = {}
    for row, key in enumerate(keys):
        if key:
            _unite(parent, seen.setdefault(key, row), row)


def _unite_alike(minima: Minima, parent: list[int]) -> None:
    """Unite each text with the first one of its band, where enough of all their minima are equal."""
    told_apart = minima[:, 0] != 0
    rows = np.flatnonzero(told_apart)
    for begin in range(0, _MINIMA, _BAND):
        keys = np.ascontiguousarray(minima[rows, begin : begin + _BAND]).view(f"V{8 * _BAND}").ravel()
        _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
        leaders = rows[first[inverse]]
        equal = (minima[rows] == minima[leaders]).sum(axis=1)
        for row, leader in zip(rows[equal >= _ALIKE].tolist(), leaders[equal >= _ALIKE].tolist(), strict=True):
            _unite(parent, leader, row)


def _all_minima(texts: list[str]) -> Minima:
    """Texts x _MINIMA; all nought where a text is too short to be told from others by its word pairs."""
    batches = [_minima(texts[begin : begin + _BATCH]) for begin in range(0, len(texts), _BATCH)]
    return np.concatenate(batches) if batches else np.zeros((0, _MINIMA), dtype=np.uint64)


def _minima(texts: list[str]) -> Minima:
    grams = family_grams(texts, _BUCKETS)["words"]
    pair = _are_pairs(grams.row)
    hashed, row = grams.bucket[pair].astype(np.uint64), grams.row[pair]
    counts = np.bincount(row, minlength=len(texts))
    filled = counts >= 1
    starts = np.concatenate(([0], np.cumsum(counts)[:-1]))[filled]
    rng = np.random.default_rng(7)
    minima = np.zeros((len(texts), _MINIMA), dtype=np.uint64)
    for number in range(_MINIMA):
        factor = np.uint64(rng.integers(1, 1 << 62) * 2 + 1)
        if len(starts):
            minima[filled, number] = np.minimum.reduceat(hashed * factor, starts) | np.uint64(1)
    minima[counts < _FEWEST_PAIRS] = 0
    return minima


def _are_pairs(row: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Single words come first, text by text, then pairs, text by text: the second run begins where the row falls."""
    falls = np.flatnonzero(np.diff(row) < 0)
    begin = int(falls[0]) + 1 if len(falls) else len(row)
    pairs = np.zeros(len(row), dtype=np.bool_)
    pairs[begin:] = True
    return pairs


def _root(parent: list[int], row: int) -> int:
    while parent[row] != row:
        parent[row] = parent[parent[row]]
        row = parent[row]
    return row


def _unite(parent: list[int], one: int, other: int) -> None:
    first, second = _root(parent, one), _root(parent, other)
    parent[max(first, second)] = min(first, second)
