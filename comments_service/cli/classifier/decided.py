"""A site's decisions as examples, one at a time, with moderators by their logins, so that the gate can name them.

What programs suggested stands under their keys, as `key:3`, which `--without` takes as well.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import click
from sqlalchemy import select

from comments_service.cli.classifier.opened import Opened
from comments_service.cli.progress import progress
from comments_service.storage.tables import ApiKey, Moderator
from comments_service.training_data.collect import collect
from comments_service.training_data.example import Example
from comments_service.training_data.suggestions import taught_by

_TELL_EVERY = 100


def check_logins(here: Opened, logins: Sequence[str]) -> None:
    """Refuse a login that nobody has, or a key that was never made, in one line."""
    with here.runtime.reading() as session:
        known = {*_logins(here).values(), *map(taught_by, session.scalars(select(ApiKey.id)))}
    for login in logins:
        if login not in known:
            raise click.ClickException(
                f"--without: there is no moderator {login!r}; `comments-service moderator list` shows all"
            )


@contextmanager
def examples_of(here: Opened, without: Sequence[str] = (), *, every: bool = False) -> Iterator[Iterator[Example]]:
    """Examples, latest first, without some moderators'. `every` as in `collect`."""
    logins = _logins(here)
    with progress("Reading decisions", None) as seen, here.runtime.reading() as session:

        def named() -> Iterator[Example]:
            for number, one in enumerate(collect(session, here.site, every=every)):
                who = logins.get(one.moderator, one.moderator)
                if who not in without:
                    yield replace(one, moderator=who)
                if number % _TELL_EVERY == 0:
                    seen(number)

        yield named()


def _logins(here: Opened) -> dict[str, str]:
    with here.runtime.reading() as session:
        return {str(row.id): row.login for row in session.execute(select(Moderator.id, Moderator.login))}
