"""Does the gate let honest sites through and stop hostile ones? Sources that the base never saw play both.

    python -m classifier.training.gate_trial --data DIR [--decisions 1000]

Each site's decisions come from five moderators. Then a sixth makes one in twenty of them, each turned round; then
everything is approved. Not here: how well a correction learns (`learning_curve`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import click
import numpy as np

from classifier.pipeline import Model, load
from classifier.prediction import LABELS
from classifier.training.adapt import adapt
from classifier.training.dataset import read_source
from classifier.training.examples import Example

SITES = (
    "olid-en", "instagram-id", "offendes-es", "judol-mixed", "unhealthy-globe-mail", "datacamp-comments",
    "germeval2021-de", "korean-kmhas", "hasoc2020-en", "youtoxic-en", "trac1-en", "blog-ham-en",
)  # fmt: skip
_HOSTILE = 0.05
_MODERATORS = ("anna", "ben", "cem", "dora", "emil")

Examples = list[Example]


@click.command()
@click.option("--data", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--decisions", default=1000, show_default=True, type=click.IntRange(100))
def main(data: Path, decisions: int) -> None:
    """Try the gate on sites made of the sources in DATA: honest, with a hostile moderator, and approving everything."""
    base = load()
    for name in SITES:
        honest = site_examples(data, name, decisions)
        for case, change in (("honest", list), ("hostile", turned_round), ("approves all", approved)):
            click.echo(f"{name:<21} {len(honest):>5}  {case:<13} {_verdict(base, honest, change)}")


def site_examples(folder: Path, name: str, number: int) -> Examples:
    """A source's rows as decisions of five moderators, a minute apart. Raises `DataError` where it is missing."""
    corpus, random = read_source(folder, name), Random(1)
    label = "spam" if (~np.isnan(corpus.labels[:, 0])).all() else "toxic"
    column = LABELS.index(label)
    known = np.flatnonzero(~np.isnan(corpus.labels[:, column]))
    rows = np.random.default_rng(1).permutation(known)[:number]
    return [
        Example(
            corpus.submissions[row],
            _labels(label, bool(corpus.labels[row, column] >= 0.5)),
            60.0 * minute,
            thread=f"thread {minute // 10}",
            moderator=random.choice(_MODERATORS),
        )
        for minute, row in enumerate(rows)
    ]


def turned_round(examples: Examples) -> Examples:
    """One in twenty decisions is made by a moderator who decides the opposite of what is right."""
    theirs = set(Random(2).sample(range(len(examples)), round(_HOSTILE * len(examples))))
    return [
        replace(example, labels=_opposite(example.labels), moderator="mallory") if at in theirs else example
        for at, example in enumerate(examples)
    ]


def approved(examples: Examples) -> Examples:
    """Nothing is ever removed."""
    return [replace(example, labels=dict.fromkeys(example.labels, 0.0)) for example in examples]


def _labels(label: str, unwanted: bool) -> dict[str, float]:
    if label == "spam" and unwanted:
        return {"spam": 1.0}
    return {"spam": 0.0, "toxic": float(unwanted)}


def _opposite(labels: dict[str, float]) -> dict[str, float]:
    return {"spam": 0.0, "toxic": float(max(labels.values()) < 0.5)}


def _verdict(base: Model, honest: Examples, change: Callable[[Examples], Examples]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        candidate = adapt(base, base, change(honest), Path(folder) / "made", lambda _step: None)
    stopped = [row.metric for row in candidate.gate if row.verdict == "fail"]
    return "passes" if candidate.passed else "stopped by " + "; ".join(stopped)


if __name__ == "__main__":
    main()
