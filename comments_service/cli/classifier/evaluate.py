"""`classifier evaluate`: how well a model agrees with the decisions that a site's moderators have made."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import islice

import click

from comments_service.cli.classifier.decided import examples_of
from comments_service.cli.classifier.opened import Opened, opened, plain_errors, site_option
from comments_service.cli.output import json_option, print_json, print_table
from comments_service.cli.progress import progress
from comments_service.scoring import Scored, Text
from comments_service.scoring.measures import Agreement, agreement
from comments_service.screening.outcome import Circumstances, outcome
from comments_service.training_data.example import Example

LABELS = ("spam", "toxic")
MOST = 20_000  # the latest decisions; more would say the same, and take minutes


@click.command()
@click.argument("version", required=False)
@site_option
@json_option
def evaluate(version: str | None, site_key: str, as_json: bool) -> None:
    """Score the site's decided comments with VERSION (left out: the model in use) and compare with the decisions.

    A model looks better on decisions that it has learnt from; those made since are told apart.
    """
    here = opened(site_key)
    with plain_errors():
        name = here.store.find(version) if version else None
        with examples_of(here) as found:
            examples = list(islice(found, MOST))
        scored = _scored(here, name, examples)
        since = _since(here, name or here.store.pointer().current)
    figures = {"all": _figures(examples, scored)}
    if since is not None:
        new = [place for place, one in enumerate(examples) if one.decided_at > since]
        later = _figures([examples[place] for place in new], [scored[place] for place in new])
        figures["since it was made"] = later
    workload = _workload(here, examples, scored)
    if as_json:
        told = {part: {label: asdict(one) for label, one in found.items()} for part, found in figures.items()}
        print_json({"site": site_key, "version": name, "made_at": since, "figures": told, "workload": workload})
        return
    _tell(figures, workload)


def _scored(here: Opened, version: str | None, examples: Sequence[Example]) -> list[Scored]:
    scored: list[Scored] = []
    with progress("Scoring", len(examples)) as seen:
        for one in here.store.score(version, [_text(example) for example in examples]):
            scored.append(one)
            seen(len(scored))
    return scored


def _text(example: Example) -> Text:
    return Text(example.text, website=example.website, title=example.title, parent=example.parent)


def _since(here: Opened, version: str | None) -> datetime | None:
    """When the model was fitted to this site's decisions; None where it never was: it has seen none of them."""
    made_at = here.store.version(version).made_at if version else ""
    return datetime.fromisoformat(made_at) if made_at else None


def _figures(examples: Sequence[Example], scored: Sequence[Scored]) -> dict[str, Agreement]:
    found = {}
    for label in LABELS:
        judged = [
            (score.scores[label], one.labels[label], one.weight)
            for one, score in zip(examples, scored, strict=True)
            if label in one.labels
        ]
        if (agreed := agreement(judged)) is not None:
            found[label] = agreed
    return found


def _workload(here: Opened, examples: Sequence[Example], scored: Sequence[Scored]) -> dict[str, float]:
    """What the site's thresholds would do by the scores alone, as shares of the (weighted) decided comments."""
    settings = here.site_settings()
    known = Circumstances(first_time=False)
    done = {"approve": 0.0, "hold": 0.0, "spam": 0.0, "reject": 0.0}
    for one, score in zip(examples, scored, strict=True):
        done[outcome((), score.scores, settings, known).action] += one.weight
    total = sum(done.values()) or 1.0
    return {action: round(weight / total, 4) for action, weight in done.items()}


def _tell(figures: dict[str, dict[str, Agreement]], workload: dict[str, float]) -> None:
    rows = [
        (
            part,
            label,
            one.decisions,
            one.removed,
            "" if one.auc is None else one.auc,
            one.log_loss,
            one.calibration_error,
        )
        for part, found in figures.items()
        for label, one in found.items()
    ]
    if not rows:
        click.echo("No decision says anything about spam or toxicity yet.")
        return
    print_table(["decisions", "label", "n", "yes", "AUC", "log loss", "calibration error"], rows)
    shares = ", ".join(f"{action} {share:.1%}" for action, share in workload.items())
    click.echo(f"At the site's thresholds, by scores alone: {shares}.")
