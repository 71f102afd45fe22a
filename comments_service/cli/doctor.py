"""`comments-service doctor`: says what is wrong with an installation and how to mend it."""

from dataclasses import asdict

import click

from comments_service.cli.output import json_option, print_json
from comments_service.settings import load_settings


@click.command()
@json_option
def doctor(as_json: bool) -> None:
    """Look at every part of the installation. Exit status 1 when something is wrong."""
    from comments_service.cli.examination import examine

    findings = list(examine(load_settings()))
    if as_json:
        print_json({"ok": all(found.ok for found in findings), "findings": [asdict(found) for found in findings]})
    else:
        for found in findings:
            click.echo(f"{'ok   ' if found.ok else 'WRONG'}  {found.part}: {found.detail}")
            if found.remedy:
                click.echo(f"       → {found.remedy}")
    if not all(found.ok for found in findings):
        raise SystemExit(1)
