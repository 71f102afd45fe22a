"""`comments-service transparency`: numbers for a transparency report."""

from dataclasses import asdict

import click

from comments_service.cli.output import json_option, print_json, print_table
from comments_service.moderation.period import InvalidDay, read_period
from comments_service.moderation.permissions import chosen_sites
from comments_service.moderation.sites import SiteError, find_site
from comments_service.moderation.transparency import rows_of
from comments_service.moderation.transparency import transparency as numbers
from comments_service.runtime import open_runtime
from comments_service.settings import load_settings


@click.command()
@click.option("--site", "site_key", help="Key of one site; default: all together.")
@click.option("--from", "since", default="", help="First day (UTC), as 2026-01-01.")
@click.option("--to", "until", default="", help="Last day (UTC), included.")
@json_option
def transparency(site_key: str | None, since: str, until: str, as_json: bool) -> None:
    """Print notices, removals by ground, the machine's share and errors, and appeals (docs/desk/answering.md)."""
    runtime = open_runtime(load_settings())
    try:
        period = read_period(since, until, names=("--from", "--to"))
        with runtime.reading() as session:
            sites = [find_site(session, site_key).id] if site_key else chosen_sites(session, None, None)
            found = numbers(session, sites, period)
    except (InvalidDay, SiteError) as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        print_json(asdict(found))
    else:
        print_table(("what", "number"), [(name, "–" if value is None else value) for name, value in rows_of(found)])
