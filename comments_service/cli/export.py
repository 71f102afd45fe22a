"""`comments-service export`: a site, or the training set made of its decisions, as JSON lines."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO

import click

from comments_service.cli.output import json_option, print_json
from comments_service.cli.whole_file import whole_file
from comments_service.moderation.sites import SiteError
from comments_service.runtime import Runtime, open_runtime
from comments_service.settings import load_settings


@click.command()
@click.option("--site", "site_key", required=True, help="Key of the site.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write; default: standard output.")
@click.option("--with-addresses", is_flag=True, help="Include the authors' e-mail addresses, in the clear.")
@click.option("--training", is_flag=True, help="The redacted training set made of moderators' decisions instead.")
@json_option
def export(site_key: str, out: Path | None, with_addresses: bool, training: bool, as_json: bool) -> None:
    """Write everything of a site as JSON lines (docs/import-export.md). `comments-service import` reads it back.

    With --out, the file appears whole or not at all; --json then prints what was written.
    """
    if training and with_addresses:
        raise click.UsageError("--training never holds addresses; leave --with-addresses out")
    if as_json and out is None:
        raise click.UsageError("--json tells about a file; name it with --out FILE")
    if with_addresses:
        click.echo("This file holds e-mail addresses in the clear. Keep it as you keep passwords.", err=True)
    runtime = open_runtime(load_settings())
    try:
        with whole_file(out) as file:
            lines = (_write_training if training else _write_site)(runtime, site_key, with_addresses, file)
    except SiteError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        # A reader of the pipe that has seen enough (`head`) is click's business, not a mistake.
        if out is None:
            raise
        raise click.ClickException(f"{out} cannot be written ({error.strerror}); choose another --out") from None
    if as_json and out is not None:
        print_json({"file": str(out), "lines": lines, "bytes": out.stat().st_size})
    elif out is not None:
        click.echo(f"{lines} lines written to {out}", err=True)


def _write_site(runtime: Runtime, site_key: str, with_addresses: bool, file: IO[bytes]) -> int:
    from comments_service.exporters.jsonl import count_lines, export_site

    with runtime.reading() as session:
        total = count_lines(session, site_key)
    with runtime.reading() as session:
        lines = export_site(session, site_key, open_address=runtime.vault.open if with_addresses else None)
        return _write(lines, file, total)


def _write_training(runtime: Runtime, site_key: str, _with_addresses: bool, file: IO[bytes]) -> int:
    from comments_service.moderation.sites import find_site
    from comments_service.training_data.collect import collect
    from comments_service.training_data.export import as_lines

    with runtime.reading() as session:
        find_site(session, site_key)
        return _write(as_lines(collect(session, site_key)), file, None)


def _write(lines: Iterator[str], file: IO[bytes], total: int | None) -> int:
    from comments_service.cli.progress import progress

    written = 0
    with progress("Exporting", total) as seen:
        for line in lines:
            file.write(line.encode() + b"\n")
            written += 1
            if written % 100 == 0:
                seen(written)
    return written
