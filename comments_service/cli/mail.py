"""`comments-service mail`: why mail does not arrive."""

from dataclasses import asdict

import click

from comments_service.cli.output import json_option, print_json, print_table
from comments_service.content.desk_texts import Words
from comments_service.notifications.mail_check import Finding, check_mail
from comments_service.notifications.mail_log import read_log
from comments_service.runtime import open_runtime
from comments_service.settings import load_settings
from comments_service.storage.tables import MAIL_OUTCOMES

_MARKS = {"ok": "ok   ", "wrong": "WRONG", "unknown": "?    "}


@click.group()
def mail() -> None:
    """Mails: whether they can be sent, and what became of each."""


@mail.command()
@click.option("--to", default="", metavar="ADDRESS", help="Send a test mail there.")
@json_option
def check(to: str, as_json: bool) -> None:
    """Look at settings, mail server and the sender's domain. Exit status 1 when something is wrong."""
    found: list[Finding] = []
    for finding in check_mail(open_runtime(load_settings()), Words("en"), to=to.strip()):
        found.append(finding)
        if not as_json:
            click.echo(f"{_MARKS[finding.verdict]}  {finding.part}: {finding.detail}")
            if finding.remedy:
                click.echo(f"       → {finding.remedy}")
    fine = all(finding.verdict != "wrong" for finding in found)
    if as_json:
        print_json({"ok": fine, "findings": [asdict(finding) for finding in found]})
    if not fine:
        raise SystemExit(1)


@mail.command("log")
@click.option("--outcome", type=click.Choice(MAIL_OUTCOMES), help="Only tries that ended so.")
@json_option
def show_log(outcome: str | None, as_json: bool) -> None:
    """The latest tries to send a mail, newest first; addresses are masked."""
    with open_runtime(load_settings()).reading() as session:
        tries = read_log(session, outcome=outcome or "").tries
    if as_json:
        fields = ("what", "recipient", "promised_at", "tried_at", "number", "outcome", "code", "answer")
        print_json([{name: getattr(one, name) for name in fields} for one in tries])
    elif tries:
        rows = [(f"{t.tried_at:%Y-%m-%d %H:%M:%S}", t.what, t.recipient, t.number, t.outcome, t.answer) for t in tries]
        print_table(["tried (UTC)", "what", "to", "try", "outcome", "answer"], rows)
    else:
        click.echo("No mail was tried in the last month.")
