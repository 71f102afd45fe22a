"""`comments-service outbox`: what waits to be done, what was given up and why, and another chance for it."""

import click

from comments_service.cli.output import json_option, print_json, print_table
from comments_service.outbox import backlog
from comments_service.runtime import open_runtime
from comments_service.settings import load_settings


@click.group()
def outbox() -> None:
    """Work that is promised and not done."""


@outbox.command("list")
@json_option
def list_work(as_json: bool) -> None:
    """What waits, and what was parked with its last error."""
    with open_runtime(load_settings()).reading() as session:
        waiting, parked = backlog.waiting(session), backlog.parked(session)
    if as_json:
        print_json(
            {
                "waiting": {kind: {"count": b.count, "oldest_s": b.oldest_s} for kind, b in waiting.items()},
                "parked": [vars(row) for row in parked],
            }
        )
        return
    for kind, found in waiting.items():
        click.echo(f"{kind}: {found.count} waiting, the oldest for {found.oldest_s:.0f} s")
    if parked:
        print_table(["id", "kind", "key", "tries", "error"], [(r.id, r.kind, r.key, r.tries, r.error) for r in parked])
    if not waiting and not parked:
        click.echo("Nothing waits, nothing is parked.")


@outbox.command()
@click.argument("row_id", type=int)
def retry(row_id: int) -> None:
    """Try the parked row ROW_ID again from the beginning."""
    with open_runtime(load_settings()).transaction() as session:
        found = backlog.retry(session, row_id)
    if not found:
        raise click.ClickException(f"no parked row {row_id}; `comments-service outbox list` shows which there are")
    click.echo("It is due again; the relay rings within seconds.")
