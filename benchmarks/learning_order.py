"""How many decisions a site's model needs when moderators follow the queue's order, against an order by chance.

    python -m benchmarks.learning_order --data DIR [--svg FILE] [--json]

Sources that no model was trained on play sites: comments that came in over a day wait, the moderator decides them in
the order under test, the site's correction is fitted anew at each count and the rest is scored again, as `retrain` and
`rescore` do. Quality is the ROC-AUC on comments that never stand in the queue. Needs the extra `training`.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from classifier.pipeline import load
from classifier.prediction import LABELS
from classifier.training.anchors import anchors_of
from classifier.training.correct import Anchors, Fitted, fit_correction
from classifier.training.dataset import DataError
from classifier.training.learning_curve import CONFIRMED_ON, Site, site_of
from comments_service.screening.first import look_at
from comments_service.training_data.plots import Chart, Line, svg

COUNTS = (25, 50, 100, 200, 400, 800, 1600)
_DRAWS = 3  # queues drawn from each site
_WAITING = 3000  # comments in a queue, and in a day
_DAY = datetime(2026, 1, 5, tzinfo=UTC)
_LONG_AGO = _DAY - timedelta(days=365)

Rows = NDArray[np.int64]
Values = NDArray[np.float64]
Order = Callable[[Rows, Values], Rows]


@dataclass(frozen=True, slots=True)
class Course:
    """The mean AUC of an order over sites and draws, by number of decisions (0 first)."""

    order: str
    auc: tuple[float, ...]


@click.command()
@click.option("--data", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--site", "names", multiple=True, default=CONFIRMED_ON, help="A source in a site's part; repeatable.")
@click.option(
    "--svg", "drawing", type=click.Path(path_type=Path, dir_okay=False), help="Draw the curves into this file."
)
@click.option("--json", "as_json", is_flag=True, help="Print every course as JSON.")
def main(data: Path, names: Sequence[str], drawing: Path | None, as_json: bool) -> None:
    """Replay sites in both orders. Takes some minutes on one core."""
    base = load()
    anchors = anchors_of(base)
    try:
        by_site = {name: list(_courses(site_of(base, data, name), anchors)) for name in names}
    except DataError as error:
        raise click.ClickException(str(error)) from None
    mean = [_mean([courses[place] for courses in by_site.values()]) for place in range(2)]
    if drawing is not None:
        drawing.write_text(_drawn(mean), encoding="utf-8")
    if as_json:
        told = {name: [asdict(course) for course in courses] for name, courses in by_site.items()}
        click.echo(json.dumps({"counts": [0, *COUNTS], "sites": told, "mean": [asdict(one) for one in mean]}))
    else:
        click.echo(_table(by_site, mean))


def _courses(site: Site, anchors: Anchors) -> Iterator[Course]:
    for name, order in (("first", _as_the_queue), ("by chance", _by_chance)):
        draws = [_replayed(site, anchors, order, np.random.default_rng(draw)) for draw in range(_DRAWS)]
        yield Course(name, tuple(np.mean(draws, axis=0).round(4).tolist()))


def _as_the_queue(places: Rows, scores: Values) -> Rows:
    """By the queue's own function, of whose reasons a replay knows the scores and the time of writing."""
    moments = [
        look_at(_DAY + timedelta(days=place / _WAITING), {"spam": score}, published=0, thread_begun=_LONG_AGO, now=_DAY)
        for place, score in zip(places.tolist(), scores.tolist(), strict=True)
    ]
    return np.argsort([moment.timestamp() for moment in moments], kind="stable")


def _by_chance(places: Rows, _scores: Values) -> Rows:
    return np.arange(len(places))  # they came in by chance


def _replayed(site: Site, anchors: Anchors, order: Order, chance: np.random.Generator) -> list[float]:
    queue = chance.permutation(site.pool)[:_WAITING]
    waiting, decided = np.arange(len(queue)), queue[:0]
    fitted = _learnt(site, decided, anchors)
    quality = [_quality(site, fitted)]
    for count in COUNTS:
        scores = fitted.scores(site.basis.rows(queue[waiting]))[:, LABELS.index(site.label)]
        waiting = waiting[order(waiting, scores)]
        taken = count - len(decided)
        decided, waiting = np.concatenate((decided, queue[waiting[:taken]])), waiting[taken:]
        fitted = _learnt(site, decided, anchors)
        quality.append(_quality(site, fitted))
    return quality


def _learnt(site: Site, rows: Rows, anchors: Anchors) -> Fitted:
    targets = np.full((len(rows), len(LABELS)), np.nan)
    targets[:, LABELS.index(site.label)] = site.decided[rows]
    return fit_correction(site.basis.rows(rows), targets, np.ones_like(targets), anchors)


def _quality(site: Site, fitted: Fitted) -> float:
    scores = fitted.scores(site.basis.rows(site.tested))[:, LABELS.index(site.label)]
    return float(roc_auc_score(site.decided[site.tested], scores))


def _mean(courses: Sequence[Course]) -> Course:
    return Course(courses[0].order, tuple(np.mean([course.auc for course in courses], axis=0).round(4).tolist()))


def needed(course: Course, auc: float) -> float | None:
    """How many decisions reach `auc`, between two counts by straight line; None where none does."""
    counts = (0, *COUNTS)
    for place in range(1, len(counts)):
        before, after = course.auc[place - 1], course.auc[place]
        if before < auc <= after:
            return counts[place - 1] + (auc - before) / (after - before) * (counts[place] - counts[place - 1])
    return None


def _table(by_site: dict[str, list[Course]], mean: Sequence[Course]) -> str:
    lines = ["| site | order | " + " | ".join(str(count) for count in (0, *COUNTS)) + " |"]
    lines.append("| --- " * (len(COUNTS) + 3) + "|")
    for name, courses in (*by_site.items(), ("mean", list(mean))):
        lines += [f"| {name} | {one.order} | " + " | ".join(f"{auc:.3f}" for auc in one.auc) + " |" for one in courses]
    first, chance = mean
    lines += ["", "| AUC | decisions in the queue's order | by chance |", "| --- | --- | --- |"]
    for count, auc in zip(COUNTS, chance.auc[1:], strict=True):
        found = needed(first, auc)
        lines.append(f"| {auc:.3f} | {'not reached' if found is None else f'{found:.0f}'} | {count} |")
    return "\n".join(lines)


def _drawn(mean: Sequence[Course]) -> str:
    lines = [Line(_name(course), list(zip((0.0, *map(float, COUNTS)), course.auc, strict=True))) for course in mean]
    lowest = min(min(course.auc) for course in mean)
    chart = Chart(
        title="Decisions needed for a given quality",
        x_name="decisions by people",
        y_name="ROC-AUC on other comments",
        lines=lines,
        x_format=lambda x: f"{x:.0f}",
        y_format=lambda y: f"{y:.3g}",
        y_from=np.floor(lowest * 50) / 50,
    )
    told = "; ".join(f"{_name(course)}: {', '.join(f'{auc:.3f}' for auc in course.auc)}" for course in mean)
    counts = ", ".join(str(count) for count in (0, *COUNTS))
    return svg([chart], "Decisions needed for a given quality", f"After {counts} decisions, AUC {told}.")


def _name(course: Course) -> str:
    return "queue's order" if course.order == "first" else "by chance"


if __name__ == "__main__":
    main()
