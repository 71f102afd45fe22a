"""`classifier promote` and `classifier rollback`: another model begins to score, within seconds, in every process."""

from pathlib import Path

import click

from comments_service.cli.classifier.catalogue import beneath
from comments_service.cli.classifier.opened import Opened, any_site_option, opened, plain_errors, who_option
from comments_service.cli.classifier.putting_into_use import (
    have_it_looked_at,
    have_it_rescored,
    sites_without_their_own,
)
from comments_service.cli.output import json_option, print_json
from comments_service.scoring.store import GateError, Store

rescore_option = click.option(
    "--no-rescore", is_flag=True, help="Leave the scores of what waits in the queue as they are."
)


@click.command()
@click.argument("version")
@any_site_option
@who_option
@click.option("--why", default="", metavar="WORDS", help="Kept in the history.")
@click.option(
    "--despite-gate", metavar="REASON", help="Use it although the gate stopped it; the reason is kept in the history."
)
@rescore_option
@json_option
def promote(
    version: str, site_key: str | None, by: str, why: str, despite_gate: str | None, no_rescore: bool, as_json: bool
) -> None:
    """Put VERSION (or the beginning of it) into use; without --site also an artifact's folder, for all sites.

    Every process uses it within seconds, and nothing is lost meanwhile. What waits in the queue gets new scores.
    """
    here = opened(site_key)
    if despite_gate is not None and not despite_gate.strip():
        raise click.ClickException("--despite-gate: say why, for those who read the history later")
    with plain_errors():
        name = _found(here.store, version, site_key, by)
        put_into_use(here, name, by=by, why=f"despite the gate: {despite_gate}" if despite_gate else why)
    tell(here, name, no_rescore=no_rescore, as_json=as_json)


@click.command()
@any_site_option
@who_option
@click.option("--why", default="", metavar="WORDS", help="Kept in the history.")
@rescore_option
@json_option
def rollback(site_key: str | None, by: str, why: str, no_rescore: bool, as_json: bool) -> None:
    """Go back to the model that was in use before, which may be the one that ships. Twice: where you were."""
    here = opened(site_key)
    with plain_errors():
        pointer = here.store.rollback(by=by, why=why)
        have_it_looked_at(here)
    tell(here, pointer.current, no_rescore=no_rescore, as_json=as_json)


def put_into_use(here: Opened, version: str, *, by: str, why: str) -> None:
    """Promote a version that the gate let pass, or any where `why` begins with "despite the gate"."""
    try:
        here.store.promote(version, by=by, why=why, despite_gate=why.startswith("despite the gate"))
    except GateError as error:
        raise click.ClickException(
            f"{error}; `comments-service classifier show {version}{here.option}` has the table,"
            " --despite-gate REASON overrules it"
        ) from None
    have_it_looked_at(here)


def tell(here: Opened, version: str | None, *, no_rescore: bool, as_json: bool) -> None:
    """Say what is in use now, and have what waits rescored."""
    with plain_errors():
        rescored = 0 if no_rescore else have_it_rescored(here)
        previous = here.store.pointer().previous
        left = sites_without_their_own(here)
    if as_json:
        told = {"site": here.site, "current": version, "previous": previous, "rescoring": rescored}
        print_json(told | {"own_model_not_used": left})
        return
    click.echo(f"In use: {version or beneath(here)}; before: {previous or beneath(here)}.")
    if rescored:
        click.echo(f"{rescored} waiting comments are being scored anew.")
    for site, trouble in left.items():
        click.echo(f"Site {site} is scored by the installation's model now: {trouble}")


def _found(store: Store, version: str, site_key: str | None, by: str) -> str:
    folder = Path(version)
    if site_key is None and (folder / "manifest.json").is_file():
        return store.add(folder, by=by, why=f"from {folder.name}")
    return store.find(version)
