"""Civil Comments: comments of some fifty news sites, 2015-17, labels and mentioned identities as shares of annotators.

One CSV file: Kaggle's train.csv or all_data.csv of "Jigsaw Unintended Bias 2019", or another release with the same
columns. Comments under one article stay on one side of a split. Not here: sampling (`sample`), what a wrong file is
called (`csv_rows`), what the identities are compared for (`checks`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifier.prediction import LABELS
from classifier.training.dataset import Corpus
from classifier.training.loaders.csv_rows import Cells, header, rows, share
from classifier.training.loaders.sample import Labelled, corpus_of, sampled, tidied
from classifier.training.sources import Source

CIVIL = Source("civil-comments", "Civil Comments (Borkan et al. 2019), full file", "CC0-1.0", ship=True, ham=True)

# What annotators were asked whether a comment mentions; a part of the rows was shown for this.
IDENTITIES = (
    "male", "female", "transgender", "other_gender",
    "heterosexual", "homosexual_gay_or_lesbian", "bisexual", "other_sexual_orientation",
    "christian", "jewish", "muslim", "hindu", "buddhist", "atheist", "other_religion",
    "black", "white", "asian", "latino", "other_race_or_ethnicity",
    "physical_disability", "intellectual_or_learning_disability", "psychiatric_or_mental_illness", "other_disability",
)  # fmt: skip

_OPTION = "--civil"
_TEXT, _PARENT, _ARTICLE = "comment_text", "parent_text", "article_id"
_COLUMNS = {
    "severe_toxic": "severe_toxicity",
    "obscene": "obscene",
    "threat": "threat",
    "insult": "insult",
    "identity_hate": "identity_attack",
    "sexual_explicit": "sexual_explicit",
}


def read_civil(path: Path, rows_at_most: int, seed: int) -> Corpus:
    """A sample of the file. Raises `DataError` naming the file and what is wrong with it."""
    return read_civil_with_identities(path, rows_at_most, seed)[0]


def read_civil_with_identities(path: Path, rows_at_most: int, seed: int) -> tuple[Corpus, NDArray[np.float32]]:
    """The same sample, and rows x IDENTITIES: shares of annotators who saw one mentioned, NaN where none was asked."""
    names = header(path, _OPTION)
    kept = sampled(_rows(path, names), rows_at_most, seed)
    asked = _identities(names)
    mentioned = np.full((len(kept), len(IDENTITIES)), np.nan, dtype=np.float32)
    for number, row in enumerate(kept):
        for name, cell in zip(asked, row.identities, strict=True):
            mentioned[number, IDENTITIES.index(name)] = share(cell, name, path, row.line)
    return corpus_of(CIVIL.name, kept), mentioned


def _rows(path: Path, names: list[str]) -> Iterator[Labelled]:
    # Kaggle's training file calls "target" what every other release calls "toxicity".
    columns = {"toxic": "target" if "target" in names else "toxicity", **_COLUMNS}
    beside = [column for column in (_PARENT, _ARTICLE) if column in names]
    wanted = [_TEXT, *columns.values(), *beside, *_identities(names)]
    for line, cells in rows(path, wanted, _OPTION):
        text, shares, rest = cells[0], cells[1 : 1 + len(columns)], cells[1 + len(columns) :]
        known = dict(zip(beside, rest, strict=False))
        yield Labelled(
            line,
            tidied(text),
            _labels(columns, shares, path, line),
            tidied(known.get(_PARENT, "")),
            f"{CIVIL.name}:{known[_ARTICLE]}" if known.get(_ARTICLE) else "",
            rest[len(beside) :],
        )


def _labels(columns: dict[str, str], shares: Cells, path: Path, line: int) -> tuple[float, ...]:
    given = {
        label: share(cell, column, path, line) for (label, column), cell in zip(columns.items(), shares, strict=True)
    }
    return tuple([given.get(label, float("nan")) for label in LABELS])


def _identities(names: list[str]) -> list[str]:
    return [name for name in IDENTITIES if name in names]
