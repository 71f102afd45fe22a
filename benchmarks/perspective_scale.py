"""Our scores beside the scores that Perspective gave the same comments, and the table that translates ours to its.

`python -m benchmarks.perspective_scale` prints the figures; `--write` also makes the table and the plot anew. Only rows
that no weight of the model was fitted to are looked at: on others it is surer than it will be on anybody's comments.
Perspective's scores are compared with, never learned from. The drawing is in `perspective_plot`.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from scipy.stats import spearmanr

from benchmarks.__main__ import BESIDE
from benchmarks.perspective_plot import drawing
from benchmarks.servers import ROOT
from classifier import LABELS, Submission, load
from classifier.training.dataset import DataError
from classifier.training.figures import auc
from classifier.training.mix import gathered
from classifier.training.recipes import RECIPES
from classifier.training.split import TRAIN
from comments_service.scoring.linking import Knots, linked
from comments_service.scoring.perspective_scale import SHIPPED, Scale, keep_scale

SOURCE = "wiki-cat-large"
LABEL = "toxic"  # what was recorded is TOXICITY
PLOT = ROOT / "docs" / "perspective.svg"
THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9)
_FOLDS = 10

Scores = NDArray[np.float64]


def compared(own: Scores, perspective: Scores, people: Scores) -> dict[str, Any]:
    """Every figure of docs/perspective.md; `people` is the share that called a comment toxic.

    Translated scores come from tables that did not see their comments.
    """
    fold = np.random.default_rng(1).integers(0, _FOLDS, len(own))
    translated = np.zeros_like(own)
    for number in range(_FOLDS):
        here = fold == number
        knots = linked(own[~here].tolist(), perspective[~here].tolist())
        translated[here] = np.interp(own[here], knots.own, knots.theirs)
    return {
        "rows": len(own),
        "rank_correlation": round(float(spearmanr(own, perspective).statistic), 3),
        "difference": {
            "own": round(float(np.abs(own - perspective).mean()), 3),
            "translated": round(float(np.abs(translated - perspective).mean()), 3),
        },
        "toxic_to_people": int((people >= 0.5).sum()),
        "auc_by_people": {"own": auc(people, own), "perspective": auc(people, perspective)},
        "thresholds": [_at(threshold, own, translated, perspective) for threshold in THRESHOLDS],
        "calibration": _calibration(translated, perspective),
    }


def _at(threshold: float, own: Scores, translated: Scores, perspective: Scores) -> dict[str, Any]:
    theirs, ours = perspective >= threshold, translated >= threshold
    both = int((theirs & ours).sum())
    return {
        "threshold": threshold,
        "perspective": int(theirs.sum()),
        "own": int((own >= threshold).sum()),
        "translated": int(ours.sum()),
        "both": both,
        "auc": auc(theirs.astype(np.float32), own),
    }


def _calibration(translated: Scores, perspective: Scores) -> list[dict[str, float]]:
    """In tenths of the translated score: what Perspective had said, its mean and its middle eight tenths."""
    found = []
    for low in np.arange(10) / 10:
        here = perspective[(translated >= low) & (translated < low + 0.1)]
        if len(here) >= 5:
            tenth, ninetieth = np.quantile(here, (0.1, 0.9))
            row = {"from": low, "mean": here.mean(), "tenth": tenth, "ninetieth": ninetieth}
            found.append({"rows": len(here), **{name: round(float(value), 3) for name, value in row.items()}})
    return found


def _held_out(data: Path) -> tuple[str, Scores, Scores, Scores]:
    """The model's digest, and of the comments kept out of its training its scores, Perspective's, and people's."""
    import pyarrow.parquet as pq  # noqa: PLC0415 - only here

    model = load()
    corpus, parts = gathered(data, RECIPES[model.manifest["recipe"]["name"]])
    held_out = parts[np.array(corpus.sources) == SOURCE] != TRAIN
    table = pq.read_table(data / f"{SOURCE}.parquet")
    texts = np.array(table.column("text").to_pylist(), dtype=object)[held_out]
    recorded = table.column("perspective").to_numpy()[held_out]
    scores = model.scores([Submission(text) for text in texts])[:, LABELS.index(LABEL)]
    return model.digest, scores, recorded, table.column(LABEL).to_numpy()[held_out]


@click.command()
@click.option(
    "--data",
    envvar="COMMENTS_DATA",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=BESIDE if BESIDE.is_dir() else None,
    required=not BESIDE.is_dir(),
    help="The folder with the labelled comments; ../shared/data where it exists.",
)
@click.option("--write", is_flag=True, help="Write the table into the package and the plot into docs/.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def main(data: Path, write: bool, as_json: bool) -> None:
    """Compare with recorded Perspective scores. Takes three minutes, most of them to find near-duplicates."""
    with Console(stderr=True).status("Reading the labelled comments …"):
        try:
            digest, own, recorded, people = _held_out(data)
        except DataError as error:
            raise click.ClickException(str(error)) from None
    figures = compared(own, recorded, people)
    if write:
        _write(digest, linked(own.tolist(), recorded.tolist()), figures)
    click.echo(json.dumps(figures, indent=2) if as_json else _told(figures))


def _write(digest: str, knots: Knots, figures: dict[str, Any]) -> None:
    made_from = f"{figures['rows']} rows of {SOURCE} kept out of training, with Perspective's TOXICITY"
    keep_scale(SHIPPED, Scale({LABEL: knots}, digest, made_from, datetime.now(UTC).date().isoformat()))
    PLOT.write_text(drawing(figures["calibration"]), encoding="utf-8")


def _told(figures: dict[str, Any]) -> str:
    lines = [
        f"{figures['rows']} comments; rank correlation {figures['rank_correlation']}; mean difference"
        f" {figures['difference']['own']}, translated {figures['difference']['translated']}",
        f"{figures['toxic_to_people']} are toxic to people; AUC by their word: here {figures['auc_by_people']['own']},"
        f" Perspective {figures['auc_by_people']['perspective']}",
        "threshold  Perspective  own  translated  both   AUC",
    ]
    lines += [
        f"{row['threshold']:9.1f}  {row['perspective']:11d}  {row['own']:3d}  {row['translated']:10d}"
        f"  {row['both']:4d}  {'too few' if row['auc'] is None else format(row['auc'], '.3f')}"
        for row in figures["thresholds"]
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
