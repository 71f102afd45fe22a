"""How fast a correction learns: a source that the base never saw plays a site, its rows come in as decisions.

    python -m classifier.training.learning_curve --data DIR [--turned 0.05] [--json]

Prints AUC and log loss on comments that are not among the decisions, for 10 to 5,000 decisions, less the base's own.
The prior was chosen on the sites of CHOSEN_ON; those of CONFIRMED_ON were looked at once it stood.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from classifier.pipeline import Model, load
from classifier.prediction import LABELS
from classifier.training.anchors import anchors_of
from classifier.training.basis import Basis, basis_of
from classifier.training.correct import Anchors, Fitted, Prior, fit_correction
from classifier.training.dataset import read_source
from classifier.training.logistic import sigmoid
from classifier.training.split import duplicate_groups

CHOSEN_ON = (
    "olid-en",
    "instagram-id",
    "hasoc2020-de",
    "offendes-es",
    "vihsd-vi",
    "judol-mixed",
    "unhealthy-globe-mail",
)
CONFIRMED_ON = ("datacamp-comments", "germeval2021-de", "korean-kmhas", "offcombr", "hasoc2020-en", "youtoxic-en")
DECISIONS = (10, 50, 200, 1000, 5000)
_ROWS = 8000  # of one source; the tests that follow must end within minutes
_TESTED = 2500  # rows at the end of a source
_STARTS = 5  # different beginnings for few decisions: ten of them say little about the average ten
_MOST_STARTED = 200


@dataclass(frozen=True, slots=True)
class Site:
    """A source in the part of a site: what was decided (0 or 1), in order, and the rows to test on."""

    name: str
    label: str
    basis: Basis
    decided: NDArray[np.float64]  # of `label` alone
    pool: NDArray[np.int64]  # rows that decisions come from
    tested: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Point:
    """What so many decisions changed on the comments tested, averaged over the starts: AUC up and log loss down."""

    site: str
    decisions: int
    auc: float
    log_loss: float


@click.command()
@click.option("--data", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--turned", default=0.0, type=click.FloatRange(0, 1), help="Share of the decisions turned round.")
@click.option("--json", "as_json", is_flag=True, help="Print every point as one JSON list.")
def main(data: Path, turned: float, as_json: bool) -> None:
    """Measure how the shipped model's corrections learn, on sources in the folder DATA that it never saw."""
    base = load()
    anchors = anchors_of(base)
    for title, names in (("chosen on", CHOSEN_ON), ("confirmed on", CONFIRMED_ON)):
        points = [point for name in names for point in curve(site_of(base, data, name, turned), anchors)]
        click.echo(json.dumps([asdict(point) for point in points]) if as_json else _table(title, points))


def site_of(base: Model, folder: Path, name: str, turned: float = 0.0) -> Site:
    """Make a site of a source. Its last rows are tested on; what resembles them is never decided before.

    `turned` is the share of decisions that are turned round, as by a hostile moderator; what is tested on is not.

    Raises `DataError` where the source's file is missing.
    """
    corpus = read_source(folder, name)
    label = "spam" if (~np.isnan(corpus.labels[:, 0])).all() else "toxic"
    column = LABELS.index(label)
    known = np.flatnonzero(~np.isnan(corpus.labels[:, column]))
    # Some files are sorted by label: a day's comments are not.
    corpus = corpus.rows(np.random.default_rng(1).permutation(known)[:_ROWS])
    groups = duplicate_groups(corpus)
    tested = np.arange(len(corpus))[-min(_TESTED, len(corpus) * 2 // 5) :]
    pool = np.flatnonzero(~np.isin(groups, groups[tested]))
    decided = (corpus.labels[:, column] >= 0.5).astype(np.float64)
    hostile = pool[np.random.default_rng(2).random(len(pool)) < turned]
    decided[hostile] = 1 - decided[hostile]
    return Site(name, label, basis_of(base, corpus.submissions), decided, pool, tested)


def curve(site: Site, anchors: Anchors, prior: Prior | None = None) -> Iterator[Point]:
    """A point for each number of decisions that the site can give."""
    for decisions in DECISIONS:
        if decisions <= len(site.pool):
            starts = _starts(len(site.pool), decisions)
            fitted = [_learnt(site, site.pool[start : start + decisions], anchors, prior) for start in starts]
            yield _point(site, decisions, fitted)


def _starts(rows: int, decisions: int) -> Sequence[int]:
    if decisions > _MOST_STARTED:
        return (0,)
    return [int(start) for start in np.linspace(0, rows - decisions, _STARTS)]


def _learnt(site: Site, rows: NDArray[np.int64], anchors: Anchors, prior: Prior | None) -> Fitted:
    targets = np.full((len(rows), len(LABELS)), np.nan)
    targets[:, LABELS.index(site.label)] = site.decided[rows]
    return fit_correction(site.basis.rows(rows), targets, np.ones_like(targets), anchors, prior)


def _point(site: Site, decisions: int, learnt: Sequence[Fitted]) -> Point:
    column, truth = LABELS.index(site.label), site.decided[site.tested]
    basis = site.basis.rows(site.tested)
    before = _figures(truth, sigmoid(basis.offsets[:, column]))
    after = np.mean([_figures(truth, fitted.scores(basis)[:, column]) for fitted in learnt], axis=0)
    auc, log_loss = (after - before).round(4).tolist()
    return Point(site.name, decisions, auc, log_loss)


def _figures(truth: NDArray[np.float64], scores: NDArray[np.float64]) -> tuple[float, float]:
    return float(roc_auc_score(truth, scores)), float(-np.mean(np.log(np.where(truth > 0.5, scores, 1 - scores))))


def _table(title: str, points: Sequence[Point]) -> str:
    """Means over the sites and the worst site, for each number of decisions."""
    lines = [f"{title}: decisions | sites | AUC | worst | log loss | worst"]
    for decisions in DECISIONS:
        some = [point for point in points if point.decisions == decisions]
        aucs, losses = [point.auc for point in some], [point.log_loss for point in some]
        lines.append(
            f"{decisions} | {len(some)} | {np.mean(aucs):+.4f} | {min(aucs):+.4f} ({_who(some, min(aucs))}) | "
            f"{np.mean(losses):+.4f} | {max(losses):+.4f}"
        )
    return "\n".join(lines)


def _who(points: Sequence[Point], auc: float) -> str:
    return next(point.site for point in points if point.auc == auc)


if __name__ == "__main__":
    main()
