"""Submissions as sparse matrices, with exactly the numbers that inference sums. Not here: labels, weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from classifier.features import FAMILIES, Grams
from classifier.pipeline import read_submissions
from classifier.prediction import Submission
from classifier.text import normalise
from classifier.training.dataset import Corpus

_BATCH = 1024


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows x buckets for the text and for what stands beside it, rows x signals."""

    text: sp.csr_matrix
    beside: sp.csr_matrix
    signals: NDArray[np.float32]

    def rows(self, chosen: NDArray[np.int64]) -> Matrix:
        return Matrix(self.text[chosen], self.beside[chosen], self.signals[chosen])


def matrix_of(submissions: list[Submission], buckets: int) -> Matrix:
    """The features of many submissions, batch by batch."""
    texts, besides, signals = [], [], []
    for begin in range(0, len(submissions), _BATCH):
        reading = read_submissions(submissions[begin : begin + _BATCH], buckets)
        rows = len(reading.texts)
        texts.append(_sparse(reading.grams, rows, buckets))
        besides.append(_sparse(reading.beside, rows, buckets))
        signals.append(reading.signals)
    return Matrix(sp.vstack(texts, "csr"), sp.vstack(besides, "csr"), np.concatenate(signals))


def folded_texts(corpus: Corpus) -> list[str]:
    """The normalised texts, for finding near-duplicates."""
    return [normalise(s.text[:1000]).text for s in corpus.submissions]


def _sparse(grams: dict[str, Grams], rows: int, buckets: int) -> sp.csr_matrix:
    whole = sp.csr_matrix((rows, buckets), dtype=np.float32)
    for family in FAMILIES:
        if family.name in grams:
            whole = whole + _family(grams[family.name], family.share, rows, buckets)
    return whole


def _family(grams: Grams, share: float, rows: int, buckets: int) -> sp.csr_matrix:
    counts = np.maximum(np.bincount(grams.row, minlength=rows), 1)
    values = (share / np.sqrt(counts))[grams.row].astype(np.float32)
    return sp.csr_matrix((values, (grams.row, grams.bucket)), shape=(rows, buckets), dtype=np.float32)
