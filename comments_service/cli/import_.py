"""`comments-service import`: comments from a file into a site."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

import click

from comments_service.cli.output import json_option, print_json
from comments_service.importers.jsonl import NotOurFormat, read
from comments_service.importers.report import Remark, Report
from comments_service.importers.take_in import Rehearsal, take_in
from comments_service.moderation.sites import SiteError
from comments_service.runtime import open_runtime
from comments_service.settings import load_settings

_READERS = {"jsonl": read}


@click.command("import")
@click.argument("form", metavar="FORMAT", type=click.Choice(list(_READERS)))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--site", "site_key", required=True, help="Key of the site that takes the comments in.")
@click.option("--dry-run", is_flag=True, help="Change nothing; report what would be done.")
@json_option
def import_(form: str, file: str, site_key: str, dry_run: bool, as_json: bool) -> None:
    """Import FILE ("-": standard input), an export of this service (FORMAT jsonl), into a site.

    What is there already stays as it is, so an import can be repeated. The exit status is 0 only when nothing was
    left out; each row left out or changed is named on standard error.
    """
    runtime = open_runtime(load_settings())
    try:
        with _opened(file) as (source, done):
            report = take_in(
                _READERS[form](source),
                site_key=site_key,
                vault=runtime.vault,
                now=runtime.clock(),
                transaction=runtime.reading if dry_run else runtime.transaction,
                rehearsal=Rehearsal() if dry_run else None,
                told=(lambda _remark: None) if as_json else _tell,
                read_so_far=lambda _line: done(),
            )
    except (SiteError, NotOurFormat) as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        print_json({"site": site_key, "dry_run": dry_run} | report.as_json())
    else:
        _summarise(report, dry_run)
    if report.left_out:
        raise SystemExit(1)


@contextmanager
def _opened(file: str) -> Iterator[tuple[BinaryIO, Callable[[], None]]]:
    from comments_service.cli.progress import progress

    if file == "-":
        yield sys.stdin.buffer, lambda: None
        return
    with open(file, "rb") as source:
        size = source.seek(0, 2)
        source.seek(0)
        with progress("Importing", size) as seen:
            yield source, lambda: seen(source.tell())


def _tell(remark: Remark) -> None:
    fate = "left out" if remark.fate == "left_out" else "changed"
    name = f" ({remark.id})" if remark.id else ""
    click.echo(f"line {remark.line}{name} {fate}: {remark.reason}", err=True)


def _summarise(report: Report, dry_run: bool) -> None:
    would = "would be " if dry_run else ""
    click.echo(f"threads: {report.threads_new} {would}new, {report.threads_known} known")
    click.echo(f"comments: {report.comments_new} {would}new, {report.comments_known} known")
    click.echo(f"to be checked by a worker: {report.to_check}")
    click.echo(f"left out: {report.left_out}, changed: {report.changed}")
    for reason, count in report.reasons.most_common():
        click.echo(f"  {count} × {reason}")
