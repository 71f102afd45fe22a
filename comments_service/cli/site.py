"""`comments-service site`: which sites there are, what each allows, and its server key."""

from collections.abc import Iterable
from typing import Any

import click

from comments_service.cli.installation import installation
from comments_service.cli.output import json_option, print_json, print_table
from comments_service.moderation import sites


@click.group()
def site() -> None:
    """The sites whose pages carry comments."""


def _pairs(given: Iterable[str]) -> dict[str, str]:
    """`max_links=2` → {"max_links": "2"}."""
    pairs = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise click.UsageError(
                f"{text}: write setting=value, like max_links=2; max_links= goes back to the default"
            )
        pairs[name.strip()] = value.strip()
    return pairs


@site.command()
@click.argument("key")
@click.option("--name", required=True, help="What readers know the site by.")
@click.option(
    "--origin", "origins", multiple=True, required=True, help="https://example.org; once for each origin of its pages."
)
@click.option(
    "--set", "settings", multiple=True, metavar="SETTING=VALUE", help="A setting that differs from the default."
)
@json_option
def add(key: str, name: str, origins: tuple[str, ...], settings: tuple[str, ...], as_json: bool) -> None:
    """Add the site KEY (a-z, 0-9, hyphen)."""
    runtime, changes = installation(), _pairs(settings)
    try:
        with runtime.transaction() as session:
            sites.add_site(
                session,
                key,
                name=name,
                origins=origins,
                changes=changes,
                defaults=runtime.settings.site_defaults,
                now=runtime.clock(),
            )
            added = sites.show_site(session, key)
    except sites.SiteError as error:
        raise click.ClickException(str(error)) from None
    snippet = _snippet(runtime.settings.public_url, key)
    if as_json:
        print_json(vars(added) | {"snippet": snippet})
        return
    click.echo(f"Site {key} is added. Put this where the comments belong:\n\n{snippet}\n")


def _snippet(public_url: str, key: str) -> str:
    return f'<script src="{public_url}/embed.js" async></script>\n<comment-section site="{key}"></comment-section>'


@site.command("list")
@json_option
def list_all(as_json: bool) -> None:
    """List the sites with what differs from the default settings."""
    with installation().reading() as session:
        found = sites.list_sites(session)
    if as_json:
        print_json([vars(row) for row in found])
    elif found:
        columns = ["key", "name", "threads", "comments", "server key", "origins", "settings"]
        print_table(columns, [_cells(row) for row in found])
    else:
        click.echo(
            "No site yet. Add one: comments-service site add my-blog --name 'My blog' --origin https://blog.example"
        )


def _cells(row: sites.SiteRow) -> list[Any]:
    own = ", ".join(f"{name}={value}" for name, value in row.settings.items())
    has_key = "yes" if row.has_server_key else "no"
    return [row.key, row.name, row.threads, row.comments, has_key, " ".join(row.origins), own or "defaults"]


@site.command("set")
@click.argument("key")
@click.argument("changes", nargs=-1, metavar="SETTING=VALUE...")
@click.option(
    "--origin", "origins", multiple=True, help="Replace the origins of its pages; once for each: https://example.org"
)
@json_option
def set_(key: str, changes: tuple[str, ...], origins: tuple[str, ...], as_json: bool) -> None:
    """Change settings of the site KEY, or show them all when no SETTING=VALUE is given.

    `SETTING=` goes back to the default. Lists are written a,b,c. docs/settings.md says what each setting does.
    """
    runtime = installation()
    defaults = runtime.settings.site_defaults
    try:
        if origins:
            with runtime.transaction() as session:
                sites.set_origins(session, key, origins)
        if changes:
            with runtime.transaction() as session:
                in_force = sites.change_settings(session, key, _pairs(changes), defaults)
        else:
            with runtime.reading() as session:
                in_force = sites.site_settings(sites.find_site(session, key), defaults)
    except sites.SiteError as error:
        raise click.ClickException(str(error)) from None
    shown = in_force.model_dump(mode="json")
    if as_json:
        print_json(shown)
        return
    of_interest = set(_pairs(changes)) or set(shown)
    for name, value in shown.items():
        if name in of_interest:
            click.echo(f"{name} = {','.join(value) if isinstance(value, list) else value}")


@site.command("key")
@click.argument("key")
@click.option("--new", is_flag=True, help="Make a fresh key; the former one stops working at once.")
@json_option
def server_key(key: str, new: bool, as_json: bool) -> None:
    """Tell whether the site KEY has a server key; with --new, make one and print it, this once.

    A server key lets your own programs post and read through the API without the readers' form.
    """
    runtime = installation()
    try:
        if not new:
            with runtime.reading() as session:
                has_key = sites.find_site(session, key).server_key_digest is not None
            _tell_key(key, None, has_key, as_json)
            return
        fresh = sites.fresh_server_key()
        with runtime.transaction() as session:
            sites.set_server_key(session, key, sites.server_key_digest(fresh))
    except sites.SiteError as error:
        raise click.ClickException(str(error)) from None
    _tell_key(key, fresh, True, as_json)


def _tell_key(key: str, fresh: str | None, has_key: bool, as_json: bool) -> None:
    if as_json:
        print_json({"site": key, "has_server_key": has_key, "server_key": fresh})
    elif fresh is not None:
        click.echo(fresh)
        click.echo("Keep it now: only its digest is stored, so it cannot be shown again.", err=True)
    elif has_key:
        click.echo(f"Site {key} has a server key. It cannot be shown again; --new replaces it.")
    else:
        click.echo(f"Site {key} has no server key; `comments-service site key {key} --new` makes one.")
