"""A sample of bounded size from a stream of labelled rows, and its corpus. Not here: where the rows come from.

Half of the places are for rows with a label, half for harmless ones: the rare kinds are what the large sets are wanted
for, and a set's own rate is no loss, since calibration assumes rates of its own (`calibrate`).
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from classifier.prediction import LABELS, Submission
from classifier.training.dataset import Corpus
from classifier.training.loaders.csv_rows import Cells

_KNOWN = 0.5  # share of annotators from which on a row counts as labelled


@dataclass(frozen=True, slots=True)
class Labelled:
    """One row: `labels` in the order of LABELS, NaN where nobody annotated; `group` as in `Corpus`.

    `identities` are cells as they stand in the file: most rows are not drawn, and reading theirs would be for nothing.
    """

    line: int
    text: str
    labels: tuple[float, ...]
    parent: str = ""
    group: str = ""
    identities: Cells = ()


class _Draw:
    """So many of the rows that are offered, each with the same chance; holds no more than that."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._heap: list[tuple[float, int, Labelled]] = []

    def __len__(self) -> int:
        return len(self._heap)

    def offer(self, lot: float, number: int, row: Labelled) -> None:
        if len(self._heap) < self._size:
            heapq.heappush(self._heap, (lot, number, row))
        else:
            heapq.heappushpop(self._heap, (lot, number, row))

    def first(self, how_many: int) -> list[tuple[float, int, Labelled]]:
        return heapq.nlargest(how_many, self._heap)


def sampled(rows: Iterable[Labelled], rows_at_most: int, seed: int) -> list[Labelled]:
    """At most so many rows in the order of the file; equal rows and seed give an equal sample."""
    lots = random.Random(seed)
    labelled, harmless = _Draw(rows_at_most), _Draw(rows_at_most)
    for number, row in enumerate(rows):
        draw = labelled if any(label >= _KNOWN for label in row.labels) else harmless
        draw.offer(lots.random(), number, row)
    places = min(len(labelled), max(rows_at_most // 2, rows_at_most - len(harmless)))
    kept = labelled.first(places) + harmless.first(rows_at_most - places)
    return [row for _, _, row in sorted(kept, key=lambda drawn: drawn[1])]


def corpus_of(name: str, rows: Sequence[Labelled]) -> Corpus:
    """The rows as a corpus of the source `name`; both official sets are English."""
    return Corpus(
        [Submission(row.text, parent=row.parent) for row in rows],
        ["en"] * len(rows),
        [name] * len(rows),
        np.array([row.labels for row in rows], dtype=np.float32).reshape(len(rows), len(LABELS)),
        [row.group for row in rows],
    )


def tidied(text: str) -> str:
    """As the texts of `--data` are: no outer space, line ends of one character."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
