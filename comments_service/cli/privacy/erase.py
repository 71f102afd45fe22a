"""`comments-service privacy erase`: a person's comments and everything else about them, gone for good."""

import sys
from datetime import datetime
from typing import Any

import click

from comments_service.cli.output import json_option, print_json
from comments_service.cli.privacy.asked import Asked, asked, person_options
from comments_service.cli.privacy.told import older_copies, stays, tell_done, tell_plan
from comments_service.cli.progress import progress
from comments_service.persons.erase import Erased, look_at
from comments_service.persons.erase import erase as erase_person
from comments_service.persons.tombstones import FILE, append, keep, tombstones_of
from comments_service.scoring.protocol import ScorerUnavailable
from comments_service.scoring.unlearning import learned_before
from comments_service.storage.overwrite import overwrite_freed


@click.command()
@person_options
@click.option("--dry-run", is_flag=True, help="Only say what would be erased.")
@click.option("--yes", is_flag=True, help="Don't ask whether you are sure.")
@json_option
def erase(email: str, site_key: str | None, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Erase everything that is kept of the person with this address (GDPR Art. 17). It cannot be taken back.

    Comments with published replies become empty places that say nothing of their author; all others vanish. Restoring
    a backup erases again. Make sure first that the address is theirs who ask.
    """
    whom = asked(email, site_key)
    at = whom.runtime.clock()
    with whom.runtime.reading() as session:
        plan = look_at(session, whom.person)
    if dry_run:
        _print(whom, plan, at, None, as_json)
        return
    _confirm(whom, plan, yes, as_json)
    erased = _erased(whom, plan, at)
    overwritten = overwrite_freed(whom.runtime.sessions)
    _print(whom, erased, at, overwritten, as_json)
    if not overwritten:
        raise SystemExit(1)


def _confirm(whom: Asked, plan: Erased, yes: bool, as_json: bool) -> None:
    if yes or not plan.anything:
        return
    if as_json or not sys.stdin.isatty():
        raise click.UsageError("erasing cannot be taken back: look with --dry-run, then add --yes")
    tell_plan(whom, plan)
    click.confirm("Erase all this for good?", abort=True)


def _erased(whom: Asked, plan: Erased, at: datetime) -> Erased:
    runtime = whom.runtime
    stones = tombstones_of(whom.person.indexes, whom.site, at)
    try:
        append(runtime.settings.data_dir, stones)
    except OSError as error:
        where = runtime.settings.data_dir / FILE
        raise click.ClickException(f"{where} cannot be written ({error.strerror}); nothing was erased") from None
    with runtime.transaction() as session:
        keep(session, stones)
    with progress("Erasing", plan.comments) as seen:
        return erase_person(runtime, whom.person, at=at, tell=seen)


def _print(whom: Asked, counted: Erased, at: datetime, overwritten: bool | None, as_json: bool) -> None:
    due = {site: found for site in counted.taught if (found := _models(whom, site, at))}
    if as_json:
        print_json(_as_data(whom, counted, at, overwritten, due))
    elif overwritten is None:
        tell_plan(whom, counted)
        click.echo("Nothing was done.")
    else:
        tell_done(whom, counted, due, overwritten)


def _models(whom: Asked, site: str, at: datetime) -> list[str]:
    try:
        return learned_before(whom.runtime.settings.models_dir, site, at)
    except ScorerUnavailable:
        return []


def _as_data(
    whom: Asked, counted: Erased, at: datetime, overwritten: bool | None, due: dict[str, list[str]]
) -> dict[str, Any]:
    kinds = ("comments", "stubs", "addresses", "follows", "notices", "mails")
    return {
        "site": whom.site,
        "at": at.isoformat(),
        "dry_run": overwritten is None,
        "erased": {name: getattr(counted, name) for name in kinds},
        "stays": [{"what": what, "why": why} for what, why in stays(whom, counted)],
        "retrain": due,
        "older_copies": older_copies(whom),
        "overwritten": overwritten,
    }
