"""`classifier perspective-scale`: a site's own recorded Perspective scores become its table of translation."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from comments_service.cli.classifier.opened import Opened, opened, plain_errors, site_option
from comments_service.cli.output import json_option, print_json, print_table
from comments_service.cli.progress import progress
from comments_service.scoring import Text
from comments_service.scoring.linking import FEWEST, Knots, linked
from comments_service.scoring.perspective_scale import LABELS, Scale, keep_scale, place_of

_TOLD = (0.5, 0.7, 0.9)  # of Perspective: which scores here they correspond to


@dataclass(frozen=True, slots=True)
class _Recorded:
    """A text with the scores that Perspective gave it, by label."""

    text: str
    scores: Mapping[str, float]


@click.command("perspective-scale")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@site_option
@click.option("--dry-run", is_flag=True, help="Only show the table.")
@json_option
def perspective_scale(file: Path, site_key: str, dry_run: bool, as_json: bool) -> None:
    """Make the site's translation to Perspective's scale from the scores in FILE.

    FILE has JSON lines {"text": "…", "scores": {"TOXICITY": 0.81, "INSULT": 0.4}}, 200 texts an attribute at least.
    Make it anew when another model came into use. docs/perspective.md says what the table can and cannot do.
    """
    here = opened(site_key)
    with plain_errors():
        model, tables = _linked(here, list(_read(file)))
    if not tables:
        raise click.ClickException(f"{file}: no attribute has the {FEWEST} recorded scores that a table needs")
    if not dry_run:
        scale = Scale(tables, model, f"{file.name}, recorded by the site", here.runtime.clock().date().isoformat())
        with plain_errors():
            keep_scale(place_of(here.runtime.settings.models_dir, site_key), scale)
    _tell(tables, model, as_json, dry_run)


def _read(file: Path) -> Iterator[_Recorded]:
    with file.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _recorded(line, f"{file}, line {number}")


def _recorded(line: str, where: str) -> _Recorded:
    try:
        plain = json.loads(line)
        text, scores = plain["text"], plain["scores"].items()
        known = {LABELS[name]: float(score) for name, score in scores if name in LABELS}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise click.ClickException(f'{where}: expected {{"text": "…", "scores": {{"TOXICITY": 0.81}}}}') from None
    if not isinstance(text, str) or any(not 0 <= score <= 1 for score in known.values()):
        raise click.ClickException(f"{where}: the text must be a string, and scores lie between 0 and 1")
    return _Recorded(text, known)


def _linked(here: Opened, recorded: Sequence[_Recorded]) -> tuple[str, dict[str, Knots]]:
    """The digest of the site's model, and a table for each label that has enough scores."""
    pairs: dict[str, list[tuple[float, float]]] = defaultdict(list)
    model = ""
    with progress("Scoring", len(recorded)) as seen:
        scored = here.store.score(None, [Text(one.text) for one in recorded])
        for number, (one, score) in enumerate(zip(recorded, scored, strict=True), start=1):
            model = score.model
            for label, value in one.scores.items():
                pairs[label].append((score.scores[label], value))
            seen(number)
    return model, {label: linked(*zip(*found, strict=True)) for label, found in pairs.items() if len(found) >= FEWEST}


def _tell(tables: Mapping[str, Knots], model: str, as_json: bool, dry_run: bool) -> None:
    if as_json:
        plain = {label: {"own": one.own, "theirs": one.theirs} for label, one in tables.items()}
        print_json({"model": model, "labels": plain, "kept": not dry_run})
        return
    rows = [(label, *_own_scores(one, _TOLD)) for label, one in tables.items()]
    print_table(["label", *(f"{threshold} of Perspective" for threshold in _TOLD)], rows)
    click.echo("Nothing was changed." if dry_run else "In use at once for requests on the scale perspective.")


def _own_scores(knots: Knots, thresholds: Iterable[float]) -> Iterator[str]:
    """The scores here from which on the translation reaches each threshold."""
    for threshold in thresholds:
        at = next(place for place, theirs in enumerate(knots.theirs) if theirs >= threshold)
        rise = knots.theirs[at] - knots.theirs[at - 1]
        share = (threshold - knots.theirs[at - 1]) / rise
        yield f"{knots.own[at - 1] + share * (knots.own[at] - knots.own[at - 1]):.2f}"
