"""The words in which an erasure is announced and answered for: what went, what stays and why, what is left to do."""

from collections.abc import Iterator

import click

from comments_service.cli.privacy.asked import Asked
from comments_service.persons.erase import Erased
from comments_service.persons.tombstones import FILE


def tell_plan(whom: Asked, plan: Erased) -> None:
    """What would be erased."""
    if not plan.anything:
        click.echo(f"Nothing is kept of this address {whom.where}.")
        return
    click.echo(f"To be erased: {_counted(plan)}.")
    _tell_what_stays(whom, plan)


def tell_done(whom: Asked, erased: Erased, due: dict[str, list[str]], overwritten: bool) -> None:
    """What was erased, and what is left to do."""
    if erased.anything:
        click.echo(f"Erased: {_counted(erased)}.")
        _tell_what_stays(whom, erased)
    else:
        click.echo(f"Nothing is kept of this address {whom.where}. Backups forget it when they are restored.")
    for site, versions in due.items():
        click.echo(
            f"To do: site {site} scores by a model ({', '.join(versions)}) that may have learned from what is erased."
        )
        click.echo(f"       comments-service classifier retrain --site {site} --promote")
    for copy in older_copies(whom):
        click.echo(
            f"To do: {copy} was set aside by a restore and may still hold the person. Remove it when it is not needed."
        )
    if not overwritten:
        click.echo("To do: the database was too busy to be written anew. Run this again at a quiet hour.")


def older_copies(whom: Asked) -> list[str]:
    """Databases that `comments-service restore` has set aside in the data folder."""
    return sorted(str(path) for path in whom.runtime.settings.data_dir.glob("*.db.before-*"))


def stays(whom: Asked, counted: Erased) -> Iterator[tuple[str, str]]:
    """What is kept all the same, each with the reason."""
    if counted.comments:
        rows = _number(counted.comments, "row", "rows")
        yield (
            f"{rows} without author and text, and the log of decisions without notes",
            "replies keep their place, and the site can answer for its decisions",
        )
    if counted.notices:
        what = _number(counted.notices, "notice's number and outcome", "notices' numbers and outcomes")
        yield what, "the Digital Services Act asks for it"
    if counted.bans:
        what = _number(counted.bans, "ban of the address, as a digest", "bans of the address, as digests")
        yield f"{what}, until it ends", "erasing would else be the way around it"
    yield f"a digest of the address and the moment, here and in {FILE}", "so that a restored backup is erased again"
    if whom.runtime.sessions().get_bind().dialect.name == "postgresql":
        yield "freed places in PostgreSQL's files and its log, until it writes over them", "VACUUM does it in time"


def _counted(counted: Erased) -> str:
    comments = _number(counted.comments, "comment", "comments")
    if counted.stubs:
        comments += f" ({counted.stubs} of them with replies, which keep an empty place above them)"
    others = {
        ("address", "addresses"): counted.addresses,
        ("follow", "follows"): counted.follows,
        ("notice", "notices"): counted.notices,
        ("mail", "mails"): counted.mails,
    }
    return ", ".join([comments, *(_number(count, *names) for names, count in others.items() if count)])


def _number(count: int, singular: str, plural: str) -> str:
    return f"{count} {singular if count == 1 else plural}"


def _tell_what_stays(whom: Asked, counted: Erased) -> None:
    click.echo("Stays:")
    for what, why in stays(whom, counted):
        click.echo(f"  {what} ({why})")
    click.echo("What others wrote about the person is theirs and is not found by an address; moderators can remove it.")
