"""What every command of the loop begins with: the installation, the site, its store of models, and who is asking."""

import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import click
from sqlalchemy import select

from comments_service.moderation.sites import SiteError, find_site, site_settings
from comments_service.runtime import Runtime, open_runtime
from comments_service.scoring.protocol import ScorerUnavailable
from comments_service.scoring.store import ModelError, Store
from comments_service.settings import SiteSettings, load_settings
from comments_service.storage.tables import Site

Command = TypeVar("Command", bound=Callable[..., Any])

site_option = click.option("--site", "site_key", metavar="KEY", required=True, help="Key of the site.")
any_site_option = click.option(
    "--site", "site_key", metavar="KEY", help="Key of the site; left out: the model of the whole installation."
)


@dataclass(frozen=True)
class Opened:
    """`site` is None where the installation's own model is meant; `site_ids` are the sites that its models score."""

    runtime: Runtime
    store: Store
    site: str | None
    site_ids: dict[str, int]

    @property
    def site_id(self) -> int:
        assert self.site is not None, "asked only by commands that need a site"
        return self.site_ids[self.site]

    @property
    def option(self) -> str:
        """How another command is told the same site."""
        return f" --site {self.site}" if self.site else ""

    def site_settings(self) -> SiteSettings:
        """The site's settings in force."""
        assert self.site is not None, "asked only by commands that need a site"
        with self.runtime.reading() as session:
            return site_settings(find_site(session, self.site), self.runtime.settings.site_defaults)


def opened(site_key: str | None) -> Opened:
    """The installation and the store of a site's models. A wrong key is told in one line."""
    runtime = open_runtime(load_settings())
    with plain_errors(), runtime.reading() as session:
        if site_key is not None:
            sites = {site_key: find_site(session, site_key).id}
        else:
            sites = {row.key: row.id for row in session.execute(select(Site.key, Site.id))}
    return Opened(runtime, Store(runtime.settings.models_dir, site_key), site_key, sites)


@contextmanager
def plain_errors() -> Iterator[None]:
    """A user's mistake, or an artifact that is not what it should be, as one line."""
    try:
        yield
    except (ModelError, SiteError, ScorerUnavailable) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(
            f"{error.filename or 'the folder of models'}: {error.strerror}; make room, or run it as the service's user"
        ) from None


def who_option(command: Command) -> Command:
    """The option `--by`, for the history."""
    return click.option("--by", default=_user, metavar="NAME", help="Kept in the history; your login if left out.")(
        command
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's user may have no name
        return "unknown"
