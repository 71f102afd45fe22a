"""`comments-service web | worker | relay`: one process each, for systemd, containers or `run`."""

import sys

import click

from comments_service.cli.entry import RELAY, WORKER, entry
from comments_service.cli.logs import configure_logs
from comments_service.cli.supervisor import Child, Supervisor, end_with_supervisor
from comments_service.outbox.kinds import GROUPS, KINDS
from comments_service.settings import Settings, load_settings


def _begin() -> Settings:
    end_with_supervisor()
    settings = load_settings()
    configure_logs(settings)
    return settings


@click.command()
def web() -> None:
    """Serve HTTP: widget, API, review desk. Ends on SIGTERM within 5 seconds."""
    from comments_service.cli.web import serve

    serve(_begin())


def _kinds(_context: click.Context, _option: click.Parameter, typed: str) -> tuple[str, ...]:
    named = [part.strip() for part in typed.split(",") if part.strip()]
    if unknown := sorted(set(named) - {*GROUPS, *KINDS}):
        raise click.BadParameter(f"there is no kind {unknown[0]!r}; give {' or '.join(GROUPS)}, or some of {KINDS}")
    return tuple(dict.fromkeys(kind for name in named for kind in GROUPS.get(name, (name,))))


@click.command()
@click.option(
    "--kinds",
    callback=_kinds,
    default="",
    metavar="KIND,…",
    help=f"Only these: judging ({', '.join(GROUPS['judging'])}), sending ({', '.join(GROUPS['sending'])}), or some.",
)
def worker(kinds: tuple[str, ...]) -> None:
    """Check, score and decide what waits, and send mails and webhooks. Run as many as you like.

    Without --kinds two processes share the work where mail is set up, so that a slow mail server delays no comment.
    """
    settings = _begin()
    if kinds or not settings.sends_mail:
        entry(WORKER)(settings, kinds or KINDS)
    else:
        Supervisor(worker_children(settings)).run(lambda: True)


def worker_children(settings: Settings) -> list[Child]:
    """The workers of one installation: one that judges, one that sends; one for both where no mail is set up."""
    command = [sys.executable, "-m", "comments_service.cli", "worker", "--kinds"]
    if not settings.sends_mail:
        return [Child("worker", [*command, ",".join(GROUPS)])]
    return [Child("worker", [*command, "judging"]), Child("sender", [*command, "sending"])]


@click.command()
def relay() -> None:
    """Wake workers for whatever nobody finished, and clear away what is old. Two do no harm."""
    entry(RELAY)(_begin())
