"""comment-classifier doubtful: decisions that may be mistakes, for a person to look at again."""

from __future__ import annotations

import json
from pathlib import Path

import click

from classifier.cli.model_option import loaded
from classifier.cli.training import needing_training


@click.command()
@click.argument("examples", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--base", type=click.Path(path_type=Path), help="The model to correct; the one that ships by default.")
@click.option("--most", type=click.IntRange(1), default=50, show_default=True, help="Name so many, the strongest.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def doubtful(examples: Path, base: Path | None, most: int, as_json: bool) -> None:
    """Find decisions in EXAMPLES that all others speak against, and near-duplicates that were decided differently.

    EXAMPLES is a file as `adapt` reads it, with near-duplicates left in. Nothing is changed.
    """
    below = loaded(base)
    with needing_training():
        from classifier.cli.steps import steps  # noqa: PLC0415
        from classifier.training.doubtful import doubtful as run  # noqa: PLC0415
        from classifier.training.examples import read_examples  # noqa: PLC0415

        decided = read_examples(examples)
        with steps() as say:
            found = run(below, decided, most, say)
    if as_json:
        click.echo(json.dumps({"examples": len(decided), "doubts": [doubt.as_json() for doubt in found]}))
        return
    for doubt in found:
        given = doubt.label if doubt.given else f"not {doubt.label}"
        twins = f"  but see {', '.join(doubt.twins)}" if doubt.twins else ""
        click.echo(f"{doubt.id:<26} {given:<20} {doubt.label} by the others {doubt.score:.2f}{twins}")
    click.echo(f"{len(found)} of {len(decided)} decisions are in doubt.")
