"""`classifier retrain`: the moderators' decisions of one site become a candidate, which the gate judges."""

import os
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from comments_service.cli.classifier.decided import check_logins, examples_of
from comments_service.cli.classifier.gate_table import print_gate
from comments_service.cli.classifier.opened import Opened, opened, plain_errors, site_option, who_option
from comments_service.cli.classifier.promotion import put_into_use, rescore_option
from comments_service.cli.classifier.putting_into_use import have_it_rescored
from comments_service.cli.output import json_option, print_json, print_table
from comments_service.moderation.model_watch import recent_texts
from comments_service.scoring.drift import reference_of
from comments_service.scoring.fitting import Candidate, FittingFailed, fit
from comments_service.scoring.references import keep_reference
from comments_service.scoring.store import ModelError
from comments_service.training_data.example import Example
from comments_service.training_data.export import as_lines

FEWEST = 10  # with fewer there is nothing to hold back and judge by, and the starting point outweighs them anyway


@click.command()
@site_option
@click.option("--promote", "use", is_flag=True, help="Put it into use if the gate lets it pass; else exit status 1.")
@click.option("--without", multiple=True, metavar="LOGIN", help="Leave a moderator's decisions out; repeatable.")
@click.option("--dry-run", is_flag=True, help="Only say what there is to learn from.")
@who_option
@rescore_option
@json_option
def retrain(
    site_key: str, use: bool, without: tuple[str, ...], dry_run: bool, by: str, no_rescore: bool, as_json: bool
) -> None:
    """Make a better model for one site out of its moderators' decisions; seconds to minutes.

    The installation's model is the starting point: the fewer the decisions, the nearer the candidate stays to it. The
    gate compares the candidate with the model in use. Whatever it says, the candidate is kept; without --promote
    nothing else changes.
    """
    here = opened(site_key)
    check_logins(here, without)
    if dry_run:
        _say_what_there_is(here, without, as_json)
        return
    version, candidate = _made(here, without, by)
    promoted = use and candidate.passed
    rescoring = _use(here, version, candidate, by, no_rescore) if promoted else 0
    if as_json:
        found = {name: getattr(candidate, name) for name in ("passed", "examples", "held_out", "gate")}
        print_json({"site": site_key, "version": version, "promoted": promoted, "rescoring": rescoring, **found})
    else:
        _report(here, version, candidate, promoted=promoted)
    if use and not promoted:
        raise SystemExit(1)


def _say_what_there_is(here: Opened, without: Sequence[str], as_json: bool) -> None:
    with examples_of(here, without) as examples:
        counted = Counter((_said(one), one.stream) for one in examples)
    rows = [
        {"decision": said, "stream": stream, "examples": count} for (said, stream), count in sorted(counted.items())
    ]
    total = counted.total()
    if as_json:
        print_json({"site": here.site, "examples": total, "enough": total >= FEWEST, "kinds": rows})
        return
    print_table(["decision", "came by", "examples"], [list(row.values()) for row in rows])
    if total >= FEWEST:
        click.echo(f"{total} examples; a candidate would be made, judged and kept. Nothing was done.")
    else:
        click.echo(f"Nothing would be made: {_too_few(here, total)}.")


def _said(example: Example) -> str:
    """What a person decided, in a word for each label that they said yes to."""
    return " + ".join(sorted(label for label, value in example.labels.items() if value >= 0.5)) or "approved"


def _too_few(here: Opened, count: int) -> str:
    return (
        f"site {here.site} has {count} decisions to learn from and {FEWEST} are the least;"
        f" decide some more at {here.runtime.settings.public_url}/moderation"
    )


def _made(here: Opened, without: Sequence[str], by: str) -> tuple[str, Candidate]:
    """The candidate's version in the site's store, and what the gate said of it."""
    with tempfile.TemporaryDirectory(prefix="comments-retrain-") as folder, plain_errors():
        lines = Path(folder) / "examples.jsonl"
        if (count := _write(here, without, lines)) < FEWEST:
            raise click.ClickException(_too_few(here, count))
        try:
            candidate = fit(
                lines, Path(folder) / "candidate", base=here.store.base_path(), current=_compared_with(here)
            )
        except FittingFailed:
            raise SystemExit(1) from None
        said = "passed the gate" if candidate.passed else "stopped by the gate"
        version = here.store.add(candidate.artifact, by=by, why=f"retrained on {candidate.examples} decisions; {said}")
        _remember_what_is_usual(here, version)
    return version, candidate


def _write(here: Opened, without: Sequence[str], path: Path) -> int:
    """The examples as a file that only this user can read; how many. One at a time: there may be a million."""
    count = 0
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file, examples_of(here, without) as examples:
        for line in as_lines(examples):
            file.write(line + "\n")
            count += 1
    return count


def _compared_with(here: Opened) -> Path | None:
    """The site's model in use, unless it cannot be used: then the installation's stands in, here as with readers."""
    try:
        here.store.model(None)
    except ModelError as error:
        click.echo(f"Compared with the installation's model, as the site's own cannot be used: {error}", err=True)
        return None
    return here.store.current_path()


def _remember_what_is_usual(here: Opened, version: str) -> None:
    """What the candidate says of the last weeks' comments, decided or not, for noticing drift later."""
    assert here.site is not None, "only sites are retrained"
    with here.runtime.reading() as session:
        texts = recent_texts(session, here.site_id, here.runtime.clock())
    scored = here.store.score(version, texts)
    reference = reference_of([(text.text, one.scores) for text, one in zip(texts, scored, strict=True)])
    if reference is not None:
        keep_reference(here.runtime.settings.models_dir, here.site, version, reference)


def _use(here: Opened, version: str, candidate: Candidate, by: str, no_rescore: bool) -> int:
    with plain_errors():
        put_into_use(here, version, by=by, why=f"retrained on {candidate.examples} decisions")
        return 0 if no_rescore else have_it_rescored(here)


def _report(here: Opened, version: str, candidate: Candidate, *, promoted: bool) -> None:
    print_gate(candidate.gate)
    click.echo(
        f"Candidate {version}, fitted to {candidate.examples} decisions, judged by {candidate.held_out} of them"
        f" that it was not shown: {'it passes' if candidate.passed else 'the gate stops it; it is kept, not used'}."
    )
    if promoted:
        click.echo(f"In use; `comments-service classifier rollback{here.option}` goes back.")
    elif candidate.passed:
        click.echo(f"`comments-service classifier promote {version}{here.option}` puts it into use,")
        click.echo(f"`comments-service classifier shadow {version}{here.option}` tries it beside the one in use.")
