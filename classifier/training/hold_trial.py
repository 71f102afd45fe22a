"""What gets through, and what waits needlessly, when a person looks from another score for toxicity on?

    python -m classifier.training.hold_trial --data DIR

Asked of the frozen set and of sources that the base never saw. As in the service, the highest of the kinds counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from classifier.pipeline import Model, load
from classifier.prediction import LABELS, Submission
from classifier.training.checks.frozen_abuse import ABUSE
from classifier.training.checks.frozen_harmless import HARMLESS
from classifier.training.dataset import read_source

SOURCES = {"olid-en": "toxic", "unhealthy-globe-mail": "toxic", "impermium-insults": "insult"}
HOLDS = (0.5, 0.4, 0.35, 0.3, 0.25)
_ROWS = 2500


@click.command()
@click.option("--data", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(data: Path) -> None:
    """Print the share of abuse below, and of harmless comments above, some values of `toxic_hold`."""
    base = load()
    click.echo(f"{'texts':<21} {'hold':>5} {'abuse through':>13} {'harmless held':>13}")
    for name, abuse, harmless in _texts(data):
        bad, good = _scores(base, abuse), _scores(base, harmless)
        for hold in HOLDS:
            click.echo(f"{name:<21} {hold:>5} {(bad < hold).mean():>13.1%} {(good >= hold).mean():>13.1%}")


def _texts(folder: Path) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
    """A name, what is abuse, and what is harmless."""
    yield "frozen", ABUSE, HARMLESS
    for name, label in SOURCES.items():
        corpus = read_source(folder, name)
        said = corpus.labels[:, LABELS.index(label)]
        rows = np.random.default_rng(1).permutation(np.flatnonzero(~np.isnan(said)))[:_ROWS].tolist()
        texts = {
            yes: [corpus.submissions[row].text for row in rows if bool(said[row] >= 0.5) is yes]
            for yes in (True, False)
        }
        yield name, texts[True], texts[False]


def _scores(base: Model, texts: Sequence[str]) -> NDArray[np.float64]:
    found = base.predict([Submission(text) for text in texts])
    return np.array([max(score for label, score in one.scores.items() if label != "spam") for one in found])


if __name__ == "__main__":
    main()
