"""comment-classifier adapt: a site's decisions into a candidate, with the table that says whether it may be used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from classifier.artifact import ArtifactError
from classifier.cli.model_option import loaded
from classifier.cli.training import needing_training
from classifier.pipeline import Model, load

if TYPE_CHECKING:
    from classifier.training.adapt import Candidate

_COLUMNS = ("metric", "old", "new", "bound", "n", "verdict")


@click.command()
@click.argument("examples", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The artifact folder to be made.")
@click.option("--base", type=click.Path(path_type=Path), help="The model to correct; the one that ships by default.")
@click.option("--current", type=click.Path(path_type=Path), help="The model in use; the base by default.")
@click.option("--without", multiple=True, metavar="MODERATOR", help="Leave a moderator's decisions out; repeatable.")
@click.option("--dry-run", is_flag=True, help="Read and count the examples; fit and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object at the end.")
def adapt(
    examples: Path,
    out: Path,
    base: Path | None,
    current: Path | None,
    without: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
) -> None:
    """Fit a site's correction to the moderators' decisions in EXAMPLES and judge it against the model in use.

    Each line of EXAMPLES is an object {"text", "labels": {"spam": 0, …}, "decided_at", "weight"?, "website"?, "title"?,
    "parent"?, "thread"?, "moderator"?, "id"?, "stream"?}. The candidate is written whether it passes or not: the exit
    status is 0 either way, and the table says which.
    """
    below = loaded(base)
    in_use = _current(current, below)
    with needing_training():
        from classifier.cli.steps import steps  # noqa: PLC0415
        from classifier.training.adapt import adapt as run  # noqa: PLC0415
        from classifier.training.examples import read_examples  # noqa: PLC0415

        decided = read_examples(examples, without)
        if dry_run:
            _say_what_there_is(len(decided), as_json)
            return
        with steps() as say:
            candidate = run(below, in_use, decided, out, say)
    click.echo(json.dumps(candidate.as_json()) if as_json else _table(candidate))


def _current(path: Path | None, base: Model) -> Model:
    if path is None:
        return base
    try:
        return load(path, base)
    except ArtifactError as error:
        raise click.ClickException(f"--current: {error}") from None


def _say_what_there_is(count: int, as_json: bool) -> None:
    click.echo(json.dumps({"examples": count}) if as_json else f"{count} examples can be learnt from")


def _table(candidate: Candidate) -> str:
    """The gate's rows in columns, then what stops the candidate in words."""
    rows = [row.as_json() for row in candidate.gate]
    cells = [_COLUMNS, *(tuple(_cell(row[column]) for column in _COLUMNS) for row in rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(_COLUMNS))]
    lines = [_line(line, widths) for line in cells]
    stopped = [f"stopped by {row['metric']}: {row['sentence']}" for row in rows if row["verdict"] == "fail"]
    verdict = "fails the gate" if stopped else "passes the gate"
    judged = f"{candidate.examples} examples, judged by the last {candidate.held_out}: {verdict}"
    return "\n".join([*lines, "", *stopped, judged, f"{candidate.artifact}  {candidate.digest}"])


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    first, *numbers, last = (
        cell.ljust(width) if at in (0, len(cells) - 1) else cell.rjust(width)
        for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join((first, *numbers, last)).rstrip()


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    return f"{value:.4f}" if isinstance(value, float) else str(value)
