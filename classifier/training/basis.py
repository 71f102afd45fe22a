"""What a correction stands on: comments as the base sees them, its calibrated logits and the features it looks at.

Here: reading comments batch by batch, in memory that grows with their number alone. Not here: decisions, fitting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from classifier.correction import BUCKETS
from classifier.pipeline import BESIDE_LABELS, Model
from classifier.prediction import Submission
from classifier.training.matrix import matrix_of

_BATCH = 1024  # comments whose features are in memory twice


@dataclass(frozen=True, slots=True)
class Basis:
    """What is known of comments before a fit: the base's calibrated logits (rows x LABELS) and their features."""

    offsets: NDArray[np.float64]
    text: sp.csr_matrix  # rows x BUCKETS
    beside: sp.csr_matrix  # of name and website
    signals: NDArray[np.float32]  # rows x SIGNALS

    def __len__(self) -> int:
        return len(self.offsets)

    def rows(self, chosen: NDArray[np.int64]) -> Basis:
        """The rows with these numbers, in order."""
        return Basis(self.offsets[chosen], self.text[chosen], self.beside[chosen], self.signals[chosen])

    def joined(self, other: Basis) -> Basis:
        """These rows, then the other ones."""
        return _joined([self, other])

    def features(self, label: str) -> sp.csr_matrix:
        """The grams that a label looks at."""
        return self.text + self.beside if label in BESIDE_LABELS else self.text


def basis_of(base: Model, submissions: Sequence[Submission]) -> Basis:
    """Features and offsets of comments, batch by batch. `base` is a model without a correction."""
    parts = [_part(base, submissions[begin : begin + _BATCH]) for begin in range(0, len(submissions), _BATCH)]
    if not parts:
        return _part(base, [Submission("")]).rows(np.zeros(0, dtype=np.int64))
    return _joined(parts)


def _joined(parts: Sequence[Basis]) -> Basis:
    return Basis(
        np.concatenate([part.offsets for part in parts]),
        sp.vstack([part.text for part in parts], "csr"),
        sp.vstack([part.beside for part in parts], "csr"),
        np.concatenate([part.signals for part in parts]),
    )


def _part(base: Model, submissions: Sequence[Submission]) -> Basis:
    matrix = matrix_of(list(submissions), base.buckets)
    scores = base.scores(submissions)
    offsets = np.log(scores) - np.log1p(-scores)
    return Basis(offsets, _folded(matrix.text), _folded(matrix.beside), matrix.signals)


def _folded(matrix: sp.csr_matrix) -> sp.csr_matrix:
    """The base's buckets modulo the correction's."""
    folded = sp.csr_matrix(
        (matrix.data, (matrix.indices & (BUCKETS - 1)).astype(np.int32), matrix.indptr), (matrix.shape[0], BUCKETS)
    )
    folded.sum_duplicates()
    return folded
