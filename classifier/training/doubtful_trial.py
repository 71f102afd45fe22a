"""Are turned decisions among those that are named as doubtful? Sources that the base never saw play sites.

    python -m classifier.training.doubtful_trial --data DIR [--decisions 2000]

One decision in twenty is turned round. Not here: how doubts are found (`doubtful`), hostile moderators (`gate_trial`).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import click

from classifier.pipeline import load
from classifier.training.doubtful import doubtful
from classifier.training.examples import Example
from classifier.training.gate_trial import site_examples

SITES = ("judol-mixed", "hasoc2020-en", "olid-en", "germeval2021-de", "instagram-id")
_TURNED = 0.05


@click.command()
@click.option("--data", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--decisions", default=2000, show_default=True, type=click.IntRange(100))
def main(data: Path, decisions: int) -> None:
    """Turn decisions on sites made of the sources in DATA round, and count how many are named."""
    base = load()
    click.echo(f"{'source':<21} {'decisions':>9} {'turned':>6} {'named':>5} {'found':>5} {'among as many':>13}")
    for name in SITES:
        examples, turned = with_turned(site_examples(data, name, decisions))
        named = [doubt.id for doubt in doubtful(base, examples, len(examples), lambda _step: None)]
        found, first = turned.intersection(named), turned.intersection(named[: len(turned)])
        click.echo(f"{name:<21} {len(examples):>9} {len(turned):>6} {len(named):>5} {len(found):>5} {len(first):>13}")


def with_turned(examples: list[Example]) -> tuple[list[Example], set[str]]:
    """The examples, each with an id of its own and one in twenty decided the other way; the ids of these."""
    label = "spam" if any(example.labels == {"spam": 1.0} for example in examples) else "toxic"
    theirs = set(Random(2).sample(range(len(examples)), int(_TURNED * len(examples))))
    made = [
        replace(one, id=f"c{at}", labels=_opposite(one, label) if at in theirs else one.labels)
        for at, one in enumerate(examples)
    ]
    return made, {f"c{at}" for at in theirs}


def _opposite(example: Example, label: str) -> dict[str, float]:
    removed = example.labels.get(label) == 1.0
    if label == "spam" and not removed:
        return {"spam": 1.0}
    return {"spam": 0.0, "toxic": 0.0 if label == "spam" else float(not removed)}


if __name__ == "__main__":
    main()
