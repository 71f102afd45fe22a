"""Splits that never put near-duplicates on both sides. Not here: what is done with the parts.

Method: MinHash over word pairs (Broder 1997), two minima a band, three bands; texts that share a band, a folded
spelling, or a group of their source (minimal pairs, expansions of one template, a video) are joined.
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

from classifier.features import family_grams
from classifier.training.dataset import Corpus
from classifier.training.matrix import folded_texts

_BANDS = 3
_MINIMA = 2
_BATCH = 4096
_FEWEST_WORDS = 6  # shorter texts count as near-duplicates only where their letters are equal
_BUCKETS = 1 << 40


def duplicate_groups(corpus: Corpus) -> NDArray[np.int64]:
    """A number for each row; equal numbers must stay together."""
    parent = list(range(len(corpus)))
    seen: dict[str, int] = {}
    for row, keys in enumerate(_keys(corpus)):
        for key in keys:
            _unite(parent, seen.setdefault(key, row), row)
    return np.array([_root(parent, row) for row in range(len(corpus))], dtype=np.int64)


def folds(groups: NDArray[np.int64], number: int, seed: int) -> NDArray[np.int64]:
    """A fold number 0..number-1 for each row, equal within a group, the same for the same seed."""
    unique, inverse = np.unique(groups, return_inverse=True)
    return np.random.default_rng(seed).integers(0, number, len(unique))[inverse]


def validation_mask(corpus: Corpus) -> NDArray[np.bool_]:
    """The tenth of the rows that settings are chosen and rivals compared on; no shipped weight was fitted to them.

    A group of near-duplicates is wholly in or wholly out. The choice hangs on the texts alone, not on the order or
    the number of the rows, so that a source that is added or left out moves hardly any row to the other side.
    """
    groups = duplicate_groups(corpus)
    marks = np.array([_mark(text) for text in folded_texts(corpus)], dtype=np.uint64)
    smallest = np.full(int(groups.max(initial=-1)) + 1, np.iinfo(np.uint64).max, dtype=np.uint64)
    np.minimum.at(smallest, groups, marks)
    return np.asarray(smallest[groups] % np.uint64(10) == 0, dtype=np.bool_)


def _mark(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _keys(corpus: Corpus) -> list[list[str]]:
    keys: list[list[str]] = []
    texts = folded_texts(corpus)
    for begin in range(0, len(texts), _BATCH):
        batch = texts[begin : begin + _BATCH]
        bands = _bands(batch)
        for row, text in enumerate(batch):
            letters = "".join(c for c in text if c.isalpha()) or text
            exact = "=" + hashlib.blake2b(letters.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
            group = corpus.groups[begin + row]
            keys.append([exact, *([group] if group else []), *bands[row]])
    return keys


def _bands(texts: list[str]) -> list[list[str]]:
    grams = family_grams(texts, _BUCKETS)["words"]
    counts = np.bincount(grams.row, minlength=len(texts))
    order = np.argsort(grams.row, kind="stable")
    starts = np.concatenate(([0], np.cumsum(counts)[:-1]))
    filled = counts > 0
    rng = np.random.default_rng(7)
    minima = np.zeros((_BANDS * _MINIMA, len(texts)), dtype=np.uint64)
    for number in range(_BANDS * _MINIMA):
        factor = np.uint64(rng.integers(1, 1 << 62) * 2 + 1)
        hashed = grams.bucket[order].astype(np.uint64) * factor
        if filled.any():
            minima[number, filled] = np.minimum.reduceat(hashed, starts[filled])
    return [
        [f"{b}:{minima[b * _MINIMA, row]:x}:{minima[b * _MINIMA + 1, row]:x}" for b in range(_BANDS)]
        if counts[row] >= 2 * _FEWEST_WORDS - 1
        else []
        for row in range(len(texts))
    ]


def _root(parent: list[int], row: int) -> int:
    while parent[row] != row:
        parent[row] = parent[parent[row]]
        row = parent[row]
    return row


def _unite(parent: list[int], one: int, other: int) -> None:
    first, second = _root(parent, one), _root(parent, other)
    parent[max(first, second)] = min(first, second)
