"""`comments-service webhook`: the programs that are told what happens to comments."""

from dataclasses import asdict
from functools import partial

import click

from comments_service.cli.installation import installation, plain_errors
from comments_service.cli.output import json_option, print_json, print_table
from comments_service.moderation.permissions import sites_of
from comments_service.moderation.sites import SiteError, find_site
from comments_service.notifications.webhooks import deliveries, hooks
from comments_service.notifications.webhooks.events import EVENTS

_plain_errors = partial(plain_errors, hooks.WebhookError, deliveries.NoSuchDelivery, SiteError)


@click.group()
def webhook() -> None:
    """Programs that are told what happens to comments, by signed POST requests."""


@webhook.command()
@click.argument("url")
@click.option("--site", "site_key", required=True, metavar="KEY", help="The site whose events it is told.")
@click.option("--event", "events", multiple=True, type=click.Choice(EVENTS), help="Repeat it; all if left out.")
@json_option
def add(url: str, site_key: str, events: tuple[str, ...], as_json: bool) -> None:
    """Tell URL of a site's events; prints its secret, once."""
    runtime = installation()
    with _plain_errors(), runtime.transaction() as session:
        site_id = find_site(session, site_key).id
        public_id, secret = hooks.add_webhook(
            session, runtime.vault, site_id, url=url, events=events or EVENTS, now=runtime.clock()
        )
    if as_json:
        print_json({"id": public_id, "secret": secret})
    else:
        click.echo(f"Webhook {public_id}. Its secret, told this once:\n\n    {secret}\n")
        click.echo(f"See whether it arrives: comments-service webhook ping {public_id}")


@webhook.command("list")
@json_option
def list_all(as_json: bool) -> None:
    """List the webhooks of all sites."""
    with installation().reading() as session:
        found = hooks.list_webhooks(session, [site.id for site in sites_of(session, None)])
    if as_json:
        print_json([asdict(hook) for hook in found])
    elif found:
        rows = [[hook.id, hook.site, hook.url, "paused" if hook.paused_at else "active"] for hook in found]
        print_table(["id", "site", "url", "state"], rows)
    else:
        click.echo("No webhook yet. Add one: comments-service webhook add URL --site KEY")


@webhook.command()
@click.argument("webhook_id")
def ping(webhook_id: str) -> None:
    """Send a test to WEBHOOK_ID; `log` tells how it went."""
    runtime = installation()
    with _plain_errors(), runtime.transaction() as session:
        delivery = hooks.ping(session, webhook_id, [site.id for site in sites_of(session, None)], runtime.clock())
    click.echo(f"Delivery {delivery} is on its way: comments-service webhook log {webhook_id}")


@webhook.command()
@click.argument("webhook_id")
@json_option
def log(webhook_id: str, as_json: bool) -> None:
    """Show the latest deliveries to WEBHOOK_ID, newest first."""
    with _plain_errors(), installation().reading() as session:
        sites = [site.id for site in sites_of(session, None)]
        hooks.find_webhook(session, webhook_id, sites)
        found = deliveries.delivery_log(session, webhook_id, sites)
    if as_json:
        print_json([asdict(delivery) for delivery in found])
        return
    print_table(["delivery", "event", "outcome", "tries", "last"], [_cells(delivery) for delivery in found])


@webhook.command()
@click.argument("delivery_id")
def replay(delivery_id: str) -> None:
    """Send DELIVERY_ID again, under the same id."""
    runtime = installation()
    with _plain_errors(), runtime.transaction() as session:
        deliveries.replay(session, delivery_id, [site.id for site in sites_of(session, None)], runtime.clock())
    click.echo(f"Delivery {delivery_id} is sent again.")


@webhook.command()
@click.argument("webhook_id")
def resume(webhook_id: str) -> None:
    """Let a paused WEBHOOK_ID go on, with what was held for it."""
    runtime = installation()
    with _plain_errors(), runtime.transaction() as session:
        held = hooks.resume(session, webhook_id, [site.id for site in sites_of(session, None)], runtime.clock())
    click.echo(f"Webhook {webhook_id} goes on; {held} held deliveries are sent.")


@webhook.command()
@click.argument("webhook_id")
def remove(webhook_id: str) -> None:
    """Send nothing more to WEBHOOK_ID, and forget its secret."""
    runtime = installation()
    with _plain_errors(), runtime.transaction() as session:
        hooks.remove(session, webhook_id, [site.id for site in sites_of(session, None)], runtime.clock())
    click.echo(f"Webhook {webhook_id} is removed.")


def _cells(delivery: deliveries.Delivery) -> list[str]:
    last = delivery.attempts[-1] if delivery.attempts else None
    how = "" if last is None else (str(last.status) if last.status else last.error)
    return [delivery.id, delivery.event, delivery.outcome, str(len(delivery.attempts)), how]
