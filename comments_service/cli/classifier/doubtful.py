"""`classifier doubtful`: decisions of moderators that may be mistakes, and a second look at them."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from comments_service.cli.classifier.opened import Opened, opened, site_option
from comments_service.cli.output import json_option, print_json, print_table
from comments_service.moderation.second_looks import ask_again
from comments_service.scoring.doubting import Doubt, find_doubts
from comments_service.scoring.fitting import FittingFailed
from comments_service.training_data.collect import collect
from comments_service.training_data.example import Example
from comments_service.training_data.export import as_lines

FEWEST = 20  # decisions; with fewer nothing is usual enough to be contradicted
_EXCERPT = 60  # characters


@click.command()
@site_option
@click.option("--queue", "ask", is_flag=True, help='Put them before a moderator: the desk\'s view "Second look".')
@click.option("--most", type=click.IntRange(1, 1000), default=50, show_default=True, help="So many, the strongest.")
@json_option
def doubtful(site_key: str, ask: bool, most: int, as_json: bool) -> None:
    """Name decisions that all others speak against, and near-duplicates that were decided differently.

    Nothing is changed; with --queue a person is asked to look again. One who has confirmed a decision is not asked
    about it a second time.
    """
    here = opened(site_key)
    with here.runtime.reading() as session:
        examples = list(collect(session, site_key, every=True))
    if len(examples) < FEWEST:
        raise click.ClickException(f"site {site_key} has {len(examples)} decisions; {FEWEST} are the least to compare")
    doubts = _found(here, examples, most)
    asked = _asked(here, doubts) if ask else []
    if as_json:
        rows = [{"comment": one.id, "said": _said(one), **_figures(one)} for one in doubts]
        print_json({"site": site_key, "decisions": len(examples), "doubtful": rows, "asked": asked})
        return
    texts = {one.id: one.text for one in examples}
    print_table(
        ["comment", "decided", "the others say", "text"],
        [(one.id, _said(one), f"{one.label} {one.score:.0%}", _excerpt(texts[one.id])) for one in doubts],
    )
    click.echo(f"{len(doubts)} of {len(examples)} decisions are in doubt{_hint(here, doubts, asked, ask)}")


def _found(here: Opened, examples: Sequence[Example], most: int) -> list[Doubt]:
    with tempfile.TemporaryDirectory(prefix="comments-doubtful-") as folder:
        lines = Path(folder) / "examples.jsonl"
        with os.fdopen(os.open(lines, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in as_lines(examples))
        try:
            return find_doubts(lines, base=here.store.base_path(), most=most)
        except FittingFailed:
            raise SystemExit(1) from None


def _asked(here: Opened, doubts: Sequence[Doubt]) -> list[str]:
    details = {one.id: _sentence(one) for one in doubts}
    with here.runtime.transaction() as session:
        return ask_again(session, details, here.runtime.clock())


def _sentence(one: Doubt) -> str:
    """For the moderator who looks again."""
    if one.twins:
        return f"A person said: {_said(one)}. {len(one.twins)} nearly equal comments were decided the other way."
    return f"A person said: {_said(one)}. By all other decisions it is {one.label} with {one.score:.0%}."


def _said(one: Doubt) -> str:
    label = one.label.replace("_", " ")
    return label if one.given else f"not {label}"


def _figures(one: Doubt) -> dict[str, object]:
    return {"label": one.label, "given": one.given, "score": one.score, "twins": list(one.twins)}


def _excerpt(text: str) -> str:
    whole = " ".join(text.split())
    return whole if len(whole) <= _EXCERPT else whole[: _EXCERPT - 1] + "…"


def _hint(here: Opened, doubts: Sequence[Doubt], asked: Sequence[str], ask: bool) -> str:
    if ask:
        return (
            f"; {len(asked)} of them are now in the view Second look ({here.runtime.settings.public_url}/moderation/)."
        )
    return "; --queue puts them before a moderator again." if doubts else "."
