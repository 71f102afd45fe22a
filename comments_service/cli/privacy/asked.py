"""What both commands begin with: whose data is meant, and on which site."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from comments_service.moderation.sites import SiteError, find_site
from comments_service.persons.find import Person
from comments_service.privacy.addresses import InvalidAddress, check_address
from comments_service.runtime import Runtime, open_runtime
from comments_service.settings import load_settings

Command = TypeVar("Command", bound=Callable[..., Any])


def person_options(command: Command) -> Command:
    """The options --email and --site, as `email` and `site_key`."""
    command = click.option("--site", "site_key", metavar="KEY", help="Only on this site; left out: on all sites.")(
        command
    )
    told = (
        "The person's e-mail address; - reads it from standard input, so that no list of commands or processes has it."
    )
    return click.option("--email", required=True, metavar="ADDRESS", help=told)(command)


@dataclass(frozen=True, slots=True)
class Asked:
    """The installation, the person and the site's key (None: all sites)."""

    runtime: Runtime
    person: Person
    site: str | None

    @property
    def where(self) -> str:
        """In a sentence."""
        return f"on site {self.site}" if self.site else "on any site"


def asked(email: str, site_key: str | None) -> Asked:
    """Whom the options mean. A wrong address or site is told in one line."""
    runtime = open_runtime(load_settings())
    try:
        address = check_address(sys.stdin.readline() if email == "-" else email)
    except InvalidAddress as error:
        raise click.ClickException(f"--email: {error.message}") from None
    try:
        with runtime.reading() as session:
            site_id = find_site(session, site_key).id if site_key is not None else None
    except SiteError as error:
        raise click.ClickException(str(error)) from None
    return Asked(runtime, Person(runtime.vault.blind_indexes(address), site_id), site_key)
