"""`comments-service privacy export`: everything that is kept of a person, as one JSON document."""

import json
from pathlib import Path
from typing import Any

import click

from comments_service.cli.output import json_option, print_json
from comments_service.cli.privacy.asked import Asked, asked, person_options
from comments_service.cli.progress import progress
from comments_service.cli.whole_file import whole_file
from comments_service.persons.disclose import disclose
from comments_service.persons.erase import look_at
from comments_service.privacy.addresses import UnknownKey

_LISTS = ("addresses", "comments", "follows", "notices_given", "mails", "bans")


@click.command()
@person_options
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write; default: standard output.")
@json_option
def export(email: str, site_key: str | None, out: Path | None, as_json: bool) -> None:
    """Write everything that is kept of the person with this address as JSON (GDPR Art. 15 and 20).

    Make sure first that the address is theirs who ask: answer to it. With --out, the file appears whole or not at all,
    and --json prints what was written.
    """
    whom = asked(email, site_key)
    try:
        found = _found(whom)
    except UnknownKey as error:
        raise click.ClickException(str(error)) from None
    try:
        with whole_file(out) as file:
            file.write(json.dumps(found, ensure_ascii=False, indent=2).encode() + b"\n")
    except OSError as error:
        if out is None:
            raise
        raise click.ClickException(f"{out} cannot be written ({error.strerror}); choose another --out") from None
    _tell(whom, found, out, as_json)


def _found(whom: Asked) -> dict[str, Any]:
    runtime = whom.runtime
    with runtime.reading() as session:
        total = look_at(session, whom.person).comments
    with runtime.reading() as session, progress("Collecting", total) as seen:
        return disclose(session, whom.person, open_address=runtime.vault.open, now=runtime.clock(), tell=seen)


def _tell(whom: Asked, found: dict[str, Any], out: Path | None, as_json: bool) -> None:
    counts = {name: len(found[name]) for name in _LISTS}
    if out is not None and as_json:
        print_json({"file": str(out), "bytes": out.stat().st_size, **counts})
        return
    if not any(counts.values()):
        click.echo(f"Nothing is kept of this address {whom.where}.", err=True)
    elif out is not None:
        told = ", ".join(f"{name.replace('_', ' ')}: {count}" for name, count in counts.items() if count)
        click.echo(
            f"{told} written to {out}. It is for the person alone: send it in a way that nobody else reads.", err=True
        )
