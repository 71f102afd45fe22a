"""`comments-service run`: web, workers and relay in one process group, for one machine and no other service."""

import socket
import sys
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from comments_service.cli.init import prepare
from comments_service.cli.logs import configure_logs
from comments_service.cli.processes import worker_children
from comments_service.cli.supervisor import Child, Supervisor
from comments_service.settings import Settings, load_settings

if TYPE_CHECKING:
    from comments_service.cli.demo import DemoLogin


@click.command()
@click.option("--demo", is_flag=True, help="Load the demo site from seeds/ first, once.")
def run(demo: bool) -> None:
    """Start everything: web, workers and relay. Ctrl-C stops it within seconds."""
    settings = load_settings()
    configure_logs(settings)
    _refuse_taken_port(settings)
    prepare(settings)
    login = _load_demo(settings) if demo else None
    web, relay = (Child(name, [sys.executable, "-m", "comments_service.cli", name]) for name in ("web", "relay"))
    Supervisor([web, *worker_children(settings), relay]).run(Announcement(settings, demo, login))


@dataclass
class Announcement:
    """Tells the operator where everything is, as soon as the web process answers."""

    settings: Settings
    demo: bool
    login: "DemoLogin | None"

    def __call__(self) -> bool:
        if not _answers(self.settings):
            return False
        base = self.settings.public_url
        first = _demo_article(self.settings) if self.demo else f"Widget script  {base}/embed.js"
        lines = [first, f"Review queue   {base}/moderation", f"API reference  {base}/docs"]
        if self.login is not None:
            lines.append(f"Log in as      {self.login.login}  with password  {self.login.password}")
        elif self.demo:
            lines.append(
                "The login was shown at the first start; `comments-service moderator reset moderator` renews it"
            )
        click.echo("\n".join(lines))
        sys.stdout.flush()
        return True


def _demo_article(settings: Settings) -> str:
    from comments_service.cli.demo import liveliest_article

    return f"Demo article   {liveliest_article(settings)}"


def _load_demo(settings: Settings) -> "DemoLogin | None":
    from comments_service.cli.demo import DemoError, load_demo
    from comments_service.runtime import open_runtime

    try:
        return load_demo(open_runtime(settings))
    except DemoError as error:
        raise click.ClickException(str(error)) from None


def _refuse_taken_port(settings: Settings) -> None:
    """gunicorn would try five times and give up, and be started again: say so once instead."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise click.ClickException(
                f"PORT/HOST: cannot listen on {settings.host}:{settings.port} ({error.strerror});"
                f" choose another port, for example PORT={settings.port % 65535 + 1}"
            ) from None


def _answers(settings: Settings) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # listening everywhere is nowhere
    host = f"[{host}]" if ":" in host else host
    try:
        with urllib.request.urlopen(f"http://{host}:{settings.port}/healthz", timeout=0.5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
