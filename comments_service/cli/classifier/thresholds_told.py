"""What `classifier thresholds` found, in words, as data and as a picture."""

from dataclasses import asdict
from typing import Any

import click

from comments_service.cli.output import print_table
from comments_service.settings import SiteSettings
from comments_service.training_data.bounds import Rate
from comments_service.training_data.judgements import Judgements
from comments_service.training_data.plots import Chart, Line, percent, svg
from comments_service.training_data.promises import NEVER, Promise, Tried, Workload
from comments_service.training_data.proposals import Proposal

_SHOWN = 5  # times the limit: as far up as a chart goes
_NAMES = ("spam_hold", "toxic_hold", "spam_reject", "toxic_reject")


def tell(known: Judgements, found: Proposal, settings: SiteSettings, model: str | None) -> None:
    """Print evidence, both promises and what they mean for people's work."""
    if not len(known):
        click.echo("No comment of this site has been scored yet, so there is nothing to learn thresholds from.")
        return
    decided = int((known.weight > 0).sum())
    by = f"model {model[:12]}" if model else "any model"
    click.echo(
        f"{len(known)} comments scored by {by}; people decided about {decided}, {known.audited} of them audited."
    )
    if known.unanswered:
        click.echo(f"{known.unanswered} wait for a person and are taken to be like those that were decided.")
    click.echo()
    click.echo(_of_publishing(found.published, settings))
    click.echo(_of_rejecting(found.rejected))
    click.echo()
    rows = [(name, getattr(settings, name), found.changes.get(name, "stays")) for name in _NAMES]
    print_table(["setting", "now", "found"], rows)
    click.echo()
    print_table(
        ["of all comments", "a person looks at, audit included", "published at once", "rejected at once"],
        [("now", *_shares(found.now)), ("with these settings", *_shares(found.then))],
    )
    if settings.premoderate and found.changes:
        click.echo("premoderate is on: thresholds for publishing take effect when you turn it off.")


def _of_publishing(promise: Promise, settings: SiteSettings) -> str:
    goal = f"Of what is published automatically at most {_one_in(promise.limit)} would have been removed"
    if promise.kept is None:
        hint = f" audit_rate is {settings.audit_rate:g}; a higher one finds out sooner." if promise.missing else ""
        return f"{goal}: cannot be promised. {_why_not(promise, 'audited')}{hint}"
    kept = promise.kept
    return f"{goal}: kept by publishing below a score of {kept.spam:g}. {_measured(kept.rate, kept)}"


def _of_rejecting(promise: Promise) -> str:
    goal = f"Of what is rejected automatically at most {_one_in(promise.limit)} should have stayed"
    if promise.kept is None:
        return f"{goal}: cannot be promised. {_why_not(promise, 'held')}"
    kept = promise.kept
    chosen = (("spam", kept.spam), ("toxicity", kept.toxic))
    where = " or ".join(f"{name} of {at:g}" for name, at in chosen if at < NEVER)
    return f"{goal}: kept by rejecting from a score for {where} on. {_measured(kept.rate, kept)}"


def _measured(rate: Rate, kept: Tried) -> str:
    return (
        f"Estimated {percent(rate.estimate)}, at most {percent(rate.upper)} with 95 % confidence, from"
        f" {kept.decisions} decisions."
    )


def _why_not(promise: Promise, kind: str) -> str:
    if promise.nearest is None:
        return f"Too little evidence: {promise.missing} more decisions about {kind} comments, all right, are needed."
    rate = promise.nearest.rate
    return (
        "The decisions speak against it at every threshold for which there are enough of them; the nearest is"
        f" {percent(rate.estimate)}, at most {percent(rate.upper)}."
    )


def _one_in(limit: float) -> str:
    whole = round(1 / limit)
    return f"1 in {whole}" if abs(1 / limit - whole) < 1e-6 else percent(limit)


def _shares(work: Workload) -> tuple[str, str, str]:
    human = f"{percent(work.human.estimate)} ({100 * work.human.lower:.3g}–{100 * work.human.upper:.3g})"
    return human, percent(work.published), percent(work.rejected)


def as_data(known: Judgements, found: Proposal) -> dict[str, Any]:
    """The same for programs."""
    return {
        "comments": len(known),
        "decided": int((known.weight > 0).sum()),
        "audited": known.audited,
        "unanswered": known.unanswered,
        "published": _promise_data(found.published),
        "rejected": _promise_data(found.rejected),
        "settings": found.changes,
        "now": asdict(found.now),
        "then": asdict(found.then),
        "curve": [asdict(point) for point in found.curve],
    }


def _promise_data(promise: Promise) -> dict[str, Any]:
    kept = None if promise.kept is None else asdict(promise.kept)
    return {"limit": promise.limit, "kept": kept, "missing": promise.missing}


def picture(found: Proposal) -> str:
    """Work against mistakes: a chart for publishing, one for rejecting."""
    kept = found.published.kept
    points = [(point.human, point.wrong) for point in found.curve]
    mark = next(((p.human, p.wrong.estimate) for p in found.curve if kept and p.threshold == kept.spam), None)
    published = _chart("Published automatically", "share that people must look at", points, found.published, mark)
    tried = [step for step in found.rejected.tried if step.decisions]
    best = found.rejected.kept
    rejected = _chart(
        "Rejected automatically",
        "share of all comments that is rejected",
        [(step.part, step.rate) for step in tried],
        found.rejected,
        (best.part, best.rate.estimate) if best else None,
    )
    described = [
        f"{percent(x)} looked at: {percent(rate.estimate)} wrong, {percent(rate.upper)} at most" for x, rate in points
    ]
    return svg([published, rejected], "Work against mistakes", "Published automatically. " + "; ".join(described) + ".")


def _chart(
    title: str, x_name: str, points: list[tuple[float, Rate]], promise: Promise, mark: tuple[float, float] | None
) -> Chart:
    near = [(x, rate) for x, rate in points if rate.estimate <= _SHOWN * promise.limit]
    points = sorted(near or points, key=lambda point: point[0])
    return Chart(
        title=title,
        x_name=x_name,
        y_name="share that is wrong",
        lines=[
            Line("estimate", [(x, rate.estimate) for x, rate in points]),
            Line("upper bound (95 %)", [(x, rate.upper) for x, rate in points]),
        ],
        x_format=percent,
        y_format=percent,
        limit=promise.limit,
        limit_name=f"limit {_one_in(promise.limit)}",
        mark=mark,
        y_to=_SHOWN * promise.limit,
    )
