"""`classifier shadow`: a model on trial scores live comments beside the one in use, and decides nothing."""

from dataclasses import asdict
from itertools import takewhile

import click

from comments_service.cli.classifier.decided import examples_of
from comments_service.cli.classifier.opened import Opened, opened, plain_errors, site_option, who_option
from comments_service.cli.output import json_option, print_json, print_table
from comments_service.moderation.trial_report import Report, pairs, report

OFF, REPORT = "off", "report"


@click.command()
@click.argument("what", metavar="VERSION|off|report")
@site_option
@who_option
@click.option("--why", default="", metavar="WORDS", help="Kept in the history.")
@json_option
def shadow(what: str, site_key: str, by: str, why: str, as_json: bool) -> None:
    """Let VERSION (or the beginning of it) score the site's comments beside the model in use; off ends the trial.

    report shows what both say of the same comments, what people decided about them, and what would have been decided
    otherwise.
    """
    here = opened(site_key)
    if what == REPORT:
        _report(here, as_json)
        return
    with plain_errors():
        version = None if what == OFF else here.store.find(what)
        here.store.try_beside(version, by=by, why=why)
    if as_json:
        print_json({"site": site_key, "shadow": version})
    elif version:
        click.echo(f"On trial: {version}. `comments-service classifier shadow report{here.option}` tells how it does.")
    else:
        click.echo("No model is on trial now. What it scored is kept for 90 days.")


def _report(here: Opened, as_json: bool) -> None:
    with plain_errors():
        version = here.store.pointer().shadow
    if version is None:
        raise click.ClickException(
            f"no model is on trial; `comments-service classifier shadow VERSION{here.option}` begins one"
        )
    with plain_errors():
        digest = here.store.version(version).digest
    with here.runtime.reading() as session:
        found = pairs(session, here.site_id, digest)
    begun = min((pair.scored_at for pair in found), default=None)
    with examples_of(here, every=True) as examples:
        # Latest first: what was decided before the trial began is not about what it scored.
        said = {one.id: one.labels for one in takewhile(lambda one: begun and one.decided_at >= begun, examples)}
    made = report(found, said, here.site_settings())
    if as_json:
        print_json(_as_json(version, made))
    else:
        _tell(version, made)


def _as_json(version: str, made: Report) -> dict[str, object]:
    return {
        "shadow": version,
        "comments": made.comments,
        "moves": [{"in_use": was, "on_trial": now, "comments": count} for (was, now), count in made.moves.items()],
        "agreement": {
            label: {"in_use": asdict(live), "on_trial": asdict(tried)}
            for label, (live, tried) in made.agreements.items()
        },
    }


def _tell(version: str, made: Report) -> None:
    if not made.comments:
        click.echo(f"{version} has scored no comment yet; it scores what comes in from now on.")
        return
    otherwise = sum(count for (was, now), count in made.moves.items() if was != now)
    click.echo(f"{made.comments} comments were scored by both; {otherwise} would have been decided otherwise.")
    print_table(
        ["in use", "on trial", "comments"],
        [(was, now, count) for (was, now), count in sorted(made.moves.items(), key=lambda move: -move[1])],
    )
    if not made.agreements:
        click.echo("People have decided about none of them yet.")
        return
    rows = [
        (label, which, one.decisions, one.removed, "" if one.auc is None else one.auc, one.log_loss)
        for label, both in made.agreements.items()
        for which, one in zip(("in use", "on trial"), both, strict=True)
    ]
    print_table(["label", "model", "decided by people", "yes", "AUC", "log loss"], rows)
