"""`comments-service privacy`: what is kept of one person, disclosed and erased. A module for each command."""

import click

from comments_service.cli.privacy.erase import erase
from comments_service.cli.privacy.export import export


@click.group()
def privacy() -> None:
    """Answer people who ask what is kept of them, or want it erased (docs/privacy.md)."""


for command in (export, erase):
    privacy.add_command(command)
