"""`comments-service api-key`: keys for programs that call a surface they know already, Perspective's or Akismet's."""

from dataclasses import asdict
from functools import partial

import click

from comments_service.cli.installation import installation, plain_errors
from comments_service.cli.output import json_option, print_json, print_table
from comments_service.moderation import api_keys
from comments_service.moderation.sites import SiteError
from comments_service.storage.tables import SCALES
from comments_service.training_data.suggestions import count_suggestions, forget_suggestions

_plain_errors = partial(plain_errors, api_keys.ApiKeyError, SiteError)


@click.group("api-key")
def api_key() -> None:
    """Keys for programs that ask for scores or verdicts and suggest some (docs/perspective.md, docs/akismet.md)."""


@api_key.command()
@click.argument("site_key", metavar="SITE")
@click.option("--name", required=True, help="Which program it is for, like forum.")
@click.option(
    "--per-minute", type=click.IntRange(1, 1_000_000), default=600, show_default=True, help="Requests a minute."
)
@click.option(
    "--scale",
    type=click.Choice(SCALES),
    default="own",
    show_default=True,
    help="How scores are told: the model's own, or translated to Perspective's where there is a table.",
)
@json_option
def add(site_key: str, name: str, per_minute: int, scale: str, as_json: bool) -> None:
    """Make a key of SITE and print it, this once."""
    runtime = installation()
    with _plain_errors(), runtime.transaction() as session:
        number, key = api_keys.add_api_key(
            session, site_key, name=name, per_minute=per_minute, scale=scale, now=runtime.clock()
        )
    if as_json:
        print_json({"id": number, "site": site_key, "name": name, "key": key})
        return
    click.echo(key)
    click.echo(f"Key {number} of site {site_key}. Keep it now: only its digest is stored.", err=True)


@api_key.command("list")
@click.argument("site_key", metavar="[SITE]", required=False)
@json_option
def list_all(site_key: str | None, as_json: bool) -> None:
    """List the keys of SITE, or of all sites; never the keys themselves."""
    with _plain_errors(), installation().reading() as session:
        found = api_keys.list_api_keys(session, site_key)
    if as_json:
        print_json([asdict(row) for row in found])
    elif found:
        print_table(["id", "site", "name", "a minute", "scale", "suggestions", "state"], [_cells(row) for row in found])
    else:
        click.echo("No API key yet. Make one: comments-service api-key add SITE --name NAME")


@api_key.command()
@click.argument("number", metavar="ID", type=int)
def revoke(number: int) -> None:
    """End the key ID at once. What it suggested goes on teaching; `forget` ends that too."""
    runtime = installation()
    with _plain_errors(), runtime.transaction() as session:
        api_keys.revoke_api_key(session, number, runtime.clock())
    click.echo(f"Key {number} is revoked.")


@api_key.command()
@click.argument("number", metavar="ID", type=int)
@click.option("--dry-run", is_flag=True, help="Only say how many there are.")
@json_option
def forget(number: int, dry_run: bool, as_json: bool) -> None:
    """Delete all that the key ID suggested; the next retraining learns without it."""
    with _plain_errors(), installation().transaction() as session:
        count = count_suggestions(session, number)
        if count is None:
            raise api_keys.ApiKeyError(f"there is no API key {number}; `comments-service api-key list` shows all")
        if not dry_run:
            count = forget_suggestions(session, number)
    if as_json:
        print_json({"id": number, "suggestions": count, "deleted": not dry_run})
    else:
        click.echo(f"{count} suggestions of key {number} {'would be' if dry_run else 'are'} deleted.")


def _cells(row: api_keys.ApiKeyRow) -> list[object]:
    state = "active" if row.revoked_at is None else f"revoked {row.revoked_at:%Y-%m-%d}"
    return [row.id, row.site, row.name, row.per_minute, row.scale, row.suggestions, state]
