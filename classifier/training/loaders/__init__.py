"""Loaders for well-known files that do not stand beside this project and that a user may have.

Here: which of them a training takes. Not here: reading one (a module each), the Parquet files of `--data`
(`classifier.training.dataset`), how rows are weighed (`mix`).
"""

from __future__ import annotations

from pathlib import Path

from classifier.training.dataset import Corpus
from classifier.training.loaders.civil import CIVIL, read_civil
from classifier.training.loaders.jigsaw2018 import JIGSAW, read_jigsaw
from classifier.training.sources import Source

__all__ = ["CIVIL", "JIGSAW", "official", "read_civil", "read_jigsaw"]


def official(jigsaw: Path | None, civil: Path | None, rows_at_most: int, seed: int) -> list[tuple[Source, Corpus]]:
    """The sets that the user has, at most so many rows of each, with what the model's card says of them.

    Raises `DataError` naming the file, the column and what is wrong with it.
    """
    found = []
    if jigsaw is not None:
        found.append((JIGSAW, read_jigsaw(jigsaw, rows_at_most, seed)))
    if civil is not None:
        found.append((CIVIL, read_civil(civil, rows_at_most, seed)))
    return found
