"""Labelled comments in memory: reading the Parquet files where they lie. Not here: which of them a recipe takes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.prediction import LABELS, Submission

GROUPING = (
    "group",
    "template",
    "thread",
    "video",
)  # columns whose equal values must not be torn apart by a split


class DataError(Exception):
    """The data are missing or not what they should be. One line, for people."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Rows of one or more sources. `labels` is rows x LABELS in 0..1, NaN where nobody annotated that label."""

    submissions: list[Submission]
    languages: list[str]
    sources: list[str]
    labels: NDArray[np.float32]
    groups: list[str]  # "" or a key that near-duplicates of one origin share

    def __len__(self) -> int:
        return len(self.submissions)

    def rows(self, chosen: NDArray[Any]) -> Corpus:
        """The rows with these numbers (or this mask), in order."""
        at = np.flatnonzero(chosen) if chosen.dtype == bool else chosen
        return Corpus(
            [self.submissions[i] for i in at],
            [self.languages[i] for i in at],
            [self.sources[i] for i in at],
            self.labels[at],
            [self.groups[i] for i in at],
        )


def read_source(folder: Path, name: str) -> Corpus:
    """Read `folder/name.parquet`. Raises `DataError` where it is missing or lacks a column."""
    path = folder / f"{name}.parquet"
    if not path.is_file():
        raise DataError(f"{path} is missing; --data must name the folder with the Parquet files")
    import pyarrow.parquet as pq  # noqa: PLC0415 - fitting a site's correction must do without the extra

    table = pq.read_table(path)
    columns = set(table.column_names)
    lacking = {"text", "lang", *LABELS} - columns
    if lacking:
        raise DataError(f"{path} lacks the columns {', '.join(sorted(lacking))}")
    texts = table.column("text").to_pylist()
    parents = table.column("parent").to_pylist() if "parent" in columns else [""] * len(texts)
    labels = [table.column(label).to_numpy(zero_copy_only=False) for label in LABELS]
    return Corpus(
        [Submission(text, parent=parent or "") for text, parent in zip(texts, parents, strict=True)],
        table.column("lang").to_pylist(),
        [name] * len(texts),
        np.stack(labels, axis=1).astype(np.float32),
        _groups(name, table, columns),
    )


def joined(corpora: Sequence[Corpus]) -> Corpus:
    """Several corpora as one, in order."""
    return Corpus(
        [s for c in corpora for s in c.submissions],
        [x for c in corpora for x in c.languages],
        [x for c in corpora for x in c.sources],
        np.concatenate([c.labels for c in corpora]),
        [x for c in corpora for x in c.groups],
    )


def digests(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """SHA-256 of each source's file: which data exactly a model was made from."""
    return {name: hashlib.sha256((folder / f"{name}.parquet").read_bytes()).hexdigest() for name in names}


def _groups(name: str, table: Any, columns: set[str]) -> list[str]:
    key = next((column for column in GROUPING if column in columns), None)
    if key is None:
        return [""] * table.num_rows
    return [f"{name}:{value}" if value not in (None, "") else "" for value in table.column(key).to_pylist()]
