"""`comments-service web | worker | relay`: one process each, for systemd, containers or `run`."""

import click

from comments_service.cli.entry import RELAY, WORKER, entry
from comments_service.cli.logs import configure_logs
from comments_service.cli.supervisor import end_with_supervisor
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


@click.command()
def worker() -> None:
    """Check, score and decide what waits. Run as many as you like."""
    entry(WORKER)(_begin())


@click.command()
def relay() -> None:
    """Wake workers for whatever nobody finished, and clear away what is old. Two do no harm."""
    entry(RELAY)(_begin())
