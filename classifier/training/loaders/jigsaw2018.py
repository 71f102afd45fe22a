"""Jigsaw's Toxic Comment Classification Challenge of 2018: comments of Wikipedia's talk pages, six labels.

The folder is Kaggle's, unpacked: train.csv, and where they are there test.csv with test_labels.csv, whose rows of -1
were never scored and are left out. Not here: sampling (`sample`), what a wrong file is called (`csv_rows`).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from classifier.prediction import LABELS
from classifier.training.dataset import Corpus, DataError
from classifier.training.loaders.csv_rows import Cells, rows, share
from classifier.training.loaders.sample import Labelled, corpus_of, sampled, tidied
from classifier.training.sources import Source

JIGSAW = Source(
    "jigsaw2018-full",
    "Jigsaw Toxic Comment Classification Challenge 2018 (official files)",
    "labels CC0, comments CC BY-SA 3.0",
    ship=True,
    ham=True,
)

_OPTION = "--jigsaw"
_COLUMNS = ("toxic", "severe_toxic", "obscene", "threat", "insult", "identity_hate")
_NOT_SCORED = "-1"


def read_jigsaw(folder: Path, rows_at_most: int, seed: int) -> Corpus:
    """A sample of the official files in `folder`. Raises `DataError` naming the file and what is wrong with it."""
    return corpus_of(JIGSAW.name, sampled(chain(_train(folder), _test(folder)), rows_at_most, seed))


def _train(folder: Path) -> Iterator[Labelled]:
    path = folder / "train.csv"
    for line, (text, *cells) in rows(path, ("comment_text", *_COLUMNS), _OPTION):
        yield Labelled(line, tidied(text), _labels(tuple(cells), path, line))


def _test(folder: Path) -> Iterator[Labelled]:
    texts, labels = folder / "test.csv", folder / "test_labels.csv"
    if not texts.exists() and not labels.exists():
        return
    scored = _scored(labels)
    for line, (key, text) in rows(texts, ("id", "comment_text"), _OPTION):
        if key not in scored:
            raise DataError(f"{texts}, line {line}: {labels.name} has no row with the id {key[:20]!r}")
        found = scored[key]
        if found is not None:
            yield Labelled(line, tidied(text), found)


def _scored(path: Path) -> dict[str, tuple[float, ...] | None]:
    """Labels by id; None for a row that was never scored."""
    found: dict[str, tuple[float, ...] | None] = {}
    for line, (key, *cells) in rows(path, ("id", *_COLUMNS), _OPTION):
        found[key] = None if _NOT_SCORED in cells else _labels(tuple(cells), path, line)
    return found


def _labels(cells: Cells, path: Path, line: int) -> tuple[float, ...]:
    given = {name: share(cell, name, path, line) for name, cell in zip(_COLUMNS, cells, strict=True)}
    return tuple([given.get(label, float("nan")) for label in LABELS])
