"""`comments-service doctor`: says what is wrong with an installation and how to mend it."""

from dataclasses import asdict

import click

from comments_service.cli.output import json_option, print_json
from comments_service.settings import load_settings


@click.command()
@click.option("--only", multiple=True, metavar="PART", help="Only this part, as it is called in the full list.")
@json_option
def doctor(only: tuple[str, ...], as_json: bool) -> None:
    """Look at every part of the installation. Exit status 1 when something is wrong."""
    from comments_service.cli.examination import PARTS, examine

    if unknown := sorted(set(only) - set(PARTS)):
        raise click.ClickException(f"--only: there is no part {unknown[0]!r}; the parts are: {', '.join(PARTS)}")
    findings = list(examine(load_settings(), only))
    if as_json:
        print_json({"ok": all(found.ok for found in findings), "findings": [asdict(found) for found in findings]})
    else:
        for found in findings:
            click.echo(f"{'ok   ' if found.ok else 'WRONG'}  {found.part}: {found.detail}")
            if found.remedy:
                click.echo(f"       → {found.remedy}")
    if not all(found.ok for found in findings):
        raise SystemExit(1)
