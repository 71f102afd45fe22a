"""`classifier thresholds`: two promises in words become the site's thresholds, or it is said why they cannot yet."""

import re
from fractions import Fraction
from pathlib import Path

import click

from comments_service.cli.classifier.opened import Opened, opened, plain_errors, site_option
from comments_service.cli.classifier.thresholds_told import as_data, picture, tell
from comments_service.cli.output import json_option, print_json
from comments_service.cli.progress import progress

_SHARE = re.compile(r"(\d+)\s*(?:/|in)\s*(\d+)|(\d+(?:\.\d+)?)\s*(%?)")


def _limit(_context: click.Context, parameter: click.Parameter, value: str) -> float:
    """A share above 0 and below 1: `1/200`, `1 in 200`, `0.5%` or `0.005`."""
    found, share = _SHARE.fullmatch(value.strip()), Fraction(0)
    if found and found[1]:
        share = Fraction(int(found[1]), max(int(found[2]), 1))
    elif found:
        share = Fraction(found[3]) / (100 if found[4] else 1)
    if not 0 < share < 1:
        message = f"{value}: write a share between 0 and 1, like 1/200, 0.5% or 0.005"
        raise click.BadParameter(message, param=parameter)
    return float(share)


@click.command()
@site_option
@click.option("--published-wrong", callback=_limit, default="1/200", show_default=True, help="See above.")
@click.option("--rejected-wrong", callback=_limit, default="1/500", show_default=True, help="See above.")
@click.option("--all-models", is_flag=True, help="Use comments scored by former models as well as by the latest.")
@click.option(
    "--plot", type=click.Path(path_type=Path, dir_okay=False), help="Draw work against mistakes (SVG) into this file."
)
@click.option("--apply", "use", is_flag=True, help="Change the site's settings; asks first.")
@click.option("--yes", is_flag=True, help="With --apply: don't ask.")
@json_option
def thresholds(
    site_key: str,
    published_wrong: float,
    rejected_wrong: float,
    all_models: bool,
    plot: Path | None,
    use: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Find the thresholds of a site from what its moderators decided.

    --published-wrong: of what is published automatically at most so many would have been removed by a person.
    --rejected-wrong: of what is rejected automatically at most so many should have stayed.

    Without --apply nothing is changed. docs/classifier/thresholds.md says how it is worked out.
    """
    if use and as_json and not yes:
        raise click.UsageError("--apply with --json cannot ask; add --yes")
    from comments_service.training_data.judgements import count_judged, judgements, latest_model
    from comments_service.training_data.proposals import proposal

    here = opened(site_key)
    settings = here.site_settings()
    with here.runtime.reading() as session:
        model = None if all_models else latest_model(session, site_key)
        with progress("Reading decisions", count_judged(session, site_key, model)) as told:
            known = judgements(session, site_key, model, told)
    found = proposal(known, settings, published_wrong, rejected_wrong)
    if plot is not None:
        _draw(plot, picture(found))
    if not as_json:
        tell(known, found, settings, model)
    applied = use and bool(found.changes) and (yes or click.confirm("Change the settings?", default=False))
    if applied:
        _change(here, found.changes)
    if as_json:
        print_json({"site": site_key, "model": model, "applied": applied, **as_data(known, found)})
    elif applied:
        click.echo(f"Site {site_key} is changed; `comments-service site set {site_key}` shows its settings.")
    elif found.changes and not use:
        click.echo("Nothing was changed; --apply does it.")


def _draw(plot: Path, drawing: str) -> None:
    try:
        plot.write_text(drawing, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"--plot: {plot} cannot be written ({error.strerror})") from None


def _change(here: Opened, changes: dict[str, float]) -> None:
    from comments_service.moderation.sites import change_settings

    assert here.site is not None, "--site is required"
    typed = {name: str(value) for name, value in changes.items()}
    with plain_errors(), here.runtime.transaction() as session:
        change_settings(session, here.site, typed, here.runtime.settings.site_defaults)
