"""The command line's root: which commands there are, and how a user's mistake is told in one line."""

import importlib
from typing import Any

import click
from sqlalchemy.exc import OperationalError

from comments_service.outbox.errors import summary
from comments_service.settings import SettingsError

# Command → where it is. Loaded when it is used or listed, so that `--help` of one does not import the others.
COMMANDS = {
    "init": "comments_service.cli.init:init",
    "run": "comments_service.cli.run:run",
    "web": "comments_service.cli.processes:web",
    "worker": "comments_service.cli.processes:worker",
    "relay": "comments_service.cli.processes:relay",
    "doctor": "comments_service.cli.doctor:doctor",
    "db": "comments_service.cli.db:db",
    "outbox": "comments_service.cli.outbox:outbox",
    "site": "comments_service.cli.site:site",
    "api-key": "comments_service.cli.api_key:api_key",
    "moderator": "comments_service.cli.moderator:moderator",
    "rule": "comments_service.cli.rule:rule",
    "webhook": "comments_service.cli.webhook:webhook",
    "classifier": "comments_service.cli.classifier:classifier",
    "mail": "comments_service.cli.mail:mail",
    "import": "comments_service.cli.import_:import_",
    "export": "comments_service.cli.export:export",
    "log": "comments_service.cli.log:log",
    "transparency": "comments_service.cli.transparency:transparency",
    "backup": "comments_service.cli.backup:backup",
    "restore": "comments_service.cli.backup:restore",
    "privacy": "comments_service.cli.privacy:privacy",
}


class Program(click.Group):
    """Finds commands by name in `COMMANDS`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """What a user can mend gets one line, not a traceback."""
        try:
            return super().invoke(ctx)
        except SettingsError as error:
            raise click.ClickException(str(error)) from None
        except OperationalError as error:
            raise click.ClickException(
                f"the database cannot be used ({summary(error)}); `comments-service doctor` says more"
            ) from None


@click.group(cls=Program)
@click.version_option(package_name="comments-service")
def main() -> None:
    """A comment section that you run yourself.

    Begin with `comments-service init`, then `comments-service run`. Settings are COMMENTS_… environment variables;
    docs/settings.md lists them.
    """
