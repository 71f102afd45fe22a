"""What commands share: the installation that they work on, and users' mistakes told in one line."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from comments_service.runtime import Runtime, open_runtime
from comments_service.settings import load_settings


def installation() -> Runtime:
    """The runtime of the installation that the environment names. Raises SettingsError."""
    return open_runtime(load_settings())


@contextmanager
def plain_errors(*mistakes: type[Exception]) -> Iterator[None]:
    """A user's mistake, one of these exceptions, as its text in one line; what else is raised is ours."""
    try:
        yield
    except mistakes as error:
        raise click.ClickException(str(error)) from None
