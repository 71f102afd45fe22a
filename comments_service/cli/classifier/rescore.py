"""`classifier rescore`: new scores, from the model in use, for what waits in the queue. It decides nothing."""

import click

from comments_service.cli.classifier.opened import any_site_option, opened, plain_errors
from comments_service.cli.classifier.putting_into_use import have_it_rescored
from comments_service.cli.output import json_option, print_json
from comments_service.moderation.rescoring import count_stale
from comments_service.scoring.live_model import LiveModel


@click.command()
@any_site_option
@click.option("--dry-run", is_flag=True, help="Only say how many comments it would be.")
@json_option
def rescore(site_key: str | None, dry_run: bool, as_json: bool) -> None:
    """Have everything that waits for a person scored anew by the model in use; workers do it within minutes.

    It adds scores and changes the queue's order. It publishes and rejects nothing: what was held stays held.
    """
    here = opened(site_key)
    with plain_errors():
        if dry_run:
            live = LiveModel(here.runtime.settings.models_dir)
            with here.runtime.reading() as session:
                count = sum(count_stale(session, one, live.of_site(key)[0]) for key, one in here.site_ids.items())
        else:
            count = have_it_rescored(here)
    if as_json:
        print_json({"site": site_key, "comments": count, "dry_run": dry_run})
        return
    if not count:
        click.echo("Everything that waits was scored by the model in use.")
    else:
        click.echo(f"{count} waiting comments {'would be' if dry_run else 'are being'} scored anew.")
