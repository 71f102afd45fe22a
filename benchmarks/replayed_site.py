"""A site whose comments and decisions are replayed from labelled data, as a file that `comments-service import` reads.

    python -m benchmarks.replayed_site --data DIR --out FILE [--audit-rate 0.25]

The first part of the comments is scored by the model that ships, the rest by a correction of it that learnt from what
people had seen until then. The site's policy decides, with its draw for the audit; a moderator decides, as the labels
say, about what was held or drawn. For trying the tools that learn from decisions on more than a demo. The file holds
other people's texts: keep it to yourself. Needs the extra `training`.
"""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from classifier.pipeline import Model, load
from classifier.prediction import LABELS, Submission
from classifier.training.anchors import anchors_of
from classifier.training.basis import Basis, basis_of
from classifier.training.correct import fit_correction
from classifier.training.dataset import DataError, read_source
from classifier.training.logistic import sigmoid
from comments_service.exporters.jsonl import FORMAT, VERSION
from comments_service.exporters.line import moment
from comments_service.screening.outcome import Circumstances, Outcome, outcome, showing
from comments_service.settings import SiteSettings

# A video channel under betting adverts, some English advertising: no model that ships was trained on these.
MIXTURE = {"judol-mixed": 8000, "datacamp-comments": 500}
URL = "https://replayed.example/article"
_BEGUN = datetime(2026, 1, 5, tzinfo=UTC)
_BEFORE = 0.3  # of the comments come before the site has a model of its own
_CORRECTED = "replayed-correction"

Labelled = tuple[Submission, str]


@click.command()
@click.option("--data", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to be made.")
@click.option("--audit-rate", default=0.25, show_default=True, type=click.FloatRange(0, 1), help="Share drawn.")
def main(data: Path, out: Path, audit_rate: float) -> None:
    """Write the site's file."""
    try:
        comments = list(_labelled(data))
    except DataError as error:
        raise click.ClickException(str(error)) from None
    random.Random(1).shuffle(comments)
    settings = SiteSettings(audit_rate=audit_rate)
    rows = [
        {"kind": "site", "format": FORMAT, "version": VERSION, "site": "replayed"},
        {"kind": "thread", "url": URL, "title": "Replayed", "created_at": moment(_BEGUN)},
        *_decided(load(), comments, settings),
        {"kind": "end", "threads": 1, "comments": len(comments)},
    ]
    out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    click.echo(f"{len(comments)} comments in {out}; import them into a site of their own")


def _labelled(data: Path) -> Iterator[Labelled]:
    """Comments with what a moderator would do: spam, reject or approve."""
    for name, at_most in MIXTURE.items():
        corpus = read_source(data, name)
        labels = np.nan_to_num(corpus.labels)
        for place in np.random.default_rng(1).permutation(len(corpus))[:at_most].tolist():
            submission, row = corpus.submissions[place], labels[place]
            spam, toxic = row[LABELS.index("spam")] >= 0.5, row[LABELS.index("toxic")] >= 0.5
            yield submission, "spam" if spam else "reject" if toxic else "approve"


def _decided(model: Model, comments: list[Labelled], settings: SiteSettings) -> Iterator[dict[str, Any]]:
    basis = basis_of(model, [submission for submission, _ in comments])
    chance, begin = random.Random(2), int(len(comments) * _BEFORE)
    scores = sigmoid(basis.offsets)
    seen: list[int] = []
    for number, (submission, verdict) in enumerate(comments):
        if number == begin:
            scores = _corrected(model, basis, seen, [comments[row][1] for row in seen])
        of_labels = {label: round(float(score), 4) for label, score in zip(LABELS, scores[number], strict=True)}
        decided = outcome((), of_labels, settings, Circumstances(first_time=False))
        steps = _steps(decided, verdict, settings, chance.random(), number)
        steps[0] |= {"model": model.digest if number < begin else _CORRECTED, "scores": of_labels}
        seen += [number] if len(steps) > 1 else []
        yield {
            "kind": "comment",
            "id": f"replayed-{number}",
            "thread": URL,
            "status": steps[-1]["to"],
            "created_at": _at(number),
            "decided_at": steps[-1]["created_at"],
            "name": "Reader",
            "source": submission.text[:10_000].replace("\x00", "") or "-",
            "decisions": steps,
        }


def _corrected(model: Model, basis: Basis, seen: list[int], verdicts: list[str]) -> NDArray[np.float64]:
    """Scores of all comments by a correction fitted to those that people have seen."""
    rows = np.array(seen, dtype=np.int64)
    targets = np.full((len(rows), len(LABELS)), np.nan)
    targets[:, LABELS.index("spam")] = [verdict == "spam" for verdict in verdicts]
    targets[:, LABELS.index("toxic")] = [np.nan if verdict == "spam" else verdict == "reject" for verdict in verdicts]
    weights = np.ones_like(targets)
    return fit_correction(basis.rows(rows), targets, weights, anchors_of(model)).scores(basis)


def _steps(decided: Outcome, verdict: str, settings: SiteSettings, draw: float, number: int) -> list[dict[str, Any]]:
    shown = showing(decided, settings, draw)
    steps = [
        _step("machine", decided.action, "pending", number)
        | {"reason": decided.reason, "stream": shown.stream, "shown_probability": shown.probability}
    ]
    if shown.stream:
        reason = {"reason": "insult"} if verdict == "reject" else {}
        steps.append(_step("moderator", verdict, steps[0]["to"], number) | {"moderator": "replayed", **reason})
    return steps


def _step(actor: str, action: str, before: str, number: int) -> dict[str, Any]:
    after = {"approve": "approved", "hold": "pending", "spam": "spam", "reject": "rejected"}[action]
    return {"actor": actor, "action": action, "from": before, "to": after, "revision": 1, "created_at": _at(number)}


def _at(number: int) -> str | None:
    return moment(_BEGUN + timedelta(minutes=number))


if __name__ == "__main__":
    main()
