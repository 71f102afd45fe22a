"""`comments-service log export`: everything that was done about comments, by people and by programs."""

from pathlib import Path

import click

from comments_service.cli.output import json_option, print_json
from comments_service.cli.progress import progress
from comments_service.cli.whole_file import whole_file
from comments_service.exporters.log.walk import Wanted, count_entries, walk
from comments_service.exporters.log.written import FORMATS
from comments_service.moderation.period import InvalidDay, read_period
from comments_service.moderation.sites import SiteError, find_site
from comments_service.runtime import Runtime, open_runtime
from comments_service.settings import load_settings


@click.group()
def log() -> None:
    """The log of decisions, appeals, notices and reports. Nothing in it is ever changed or removed."""


@log.command()
@click.option("--site", "site_key", help="Key of one site; default: all.")
@click.option("--since", default="", help="First day (UTC), as 2026-11-01.")
@click.option("--until", default="", help="Last day (UTC), included.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="jsonl", show_default=True)
@click.option(
    "-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write; default: standard output."
)
@json_option
def export(site_key: str | None, since: str, until: str, form: str, out: Path | None, as_json: bool) -> None:
    """Write the log, oldest first (docs/desk/answering.md). It holds no e-mail address and no comment's text.

    With --out, the file appears whole or not at all; --json then prints what was written.
    """
    if as_json and out is None:
        raise click.UsageError("--json tells about a file; name it with --out FILE")
    runtime = open_runtime(load_settings())
    wanted = _wanted(runtime, site_key, since, until)
    try:
        lines = _write(runtime, wanted, form, out)
    except OSError as error:
        # A reader of the pipe that has seen enough (`head`) is click's business, not a mistake.
        if out is None:
            raise
        raise click.ClickException(f"{out} cannot be written ({error.strerror}); choose another --out") from None
    if as_json and out is not None:
        print_json({"file": str(out), "lines": lines, "bytes": out.stat().st_size})
    elif out is not None:
        click.echo(f"{lines} lines written to {out}", err=True)


def _wanted(runtime: Runtime, site_key: str | None, since: str, until: str) -> Wanted:
    try:
        period = read_period(since, until, names=("--since", "--until"))
        if site_key is None:
            return Wanted(None, period)
        with runtime.reading() as session:
            return Wanted([find_site(session, site_key).id], period)
    except (InvalidDay, SiteError) as error:
        raise click.ClickException(str(error)) from None


def _write(runtime: Runtime, wanted: Wanted, form: str, out: Path | None) -> int:
    with runtime.reading() as session:
        total = count_entries(session, wanted)
    written = 0
    with whole_file(out) as file, progress("Exporting the log", total) as seen:
        for line in FORMATS[form](walk(runtime.reading, wanted)):
            file.write(line.encode() + b"\n")
            written += 1
            if written % 100 == 0:
                seen(written)
    return written
