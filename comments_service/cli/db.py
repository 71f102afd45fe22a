"""`comments-service db`: the database's schema, up, down and where it is."""

from collections.abc import Callable

import click
from sqlalchemy import Engine

from comments_service.cli.output import json_option, print_json
from comments_service.settings import load_settings


def _engine() -> Engine:
    from comments_service.storage.engine import open_engine

    settings = load_settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return open_engine(settings.sqlalchemy_url)


@click.group()
def db() -> None:
    """The database's schema."""


@db.command()
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Bring the schema up to REVISION (default: what this release needs)."""
    from comments_service.storage import schema

    engine = _engine()
    _step(lambda: schema.upgrade(engine, revision))
    click.echo(f"schema: {schema.current(engine)}")


@db.command()
@click.argument("revision")
@click.option("--yes", is_flag=True, help="Don't ask: data of newer tables is lost.")
def downgrade(revision: str, yes: bool) -> None:
    """Take the schema down to REVISION ("base": no tables, no comments)."""
    from comments_service.storage import schema

    if not yes:
        click.confirm(f"Everything that is kept in tables newer than {revision!r} is deleted. Go on?", abort=True)
    engine = _engine()
    _step(lambda: schema.downgrade(engine, revision))
    click.echo(f"schema: {schema.current(engine) or 'empty'}")


@db.command()
@json_option
def current(as_json: bool) -> None:
    """Print the schema's revision, and the one that this release needs."""
    from comments_service import migrations
    from comments_service.storage import schema

    found, needed = schema.current(_engine()), migrations.newest()
    if as_json:
        print_json({"current": found, "needed": needed, "is_current": found == needed})
    else:
        click.echo(f"{found or 'empty'} (needed: {needed})")
    if found != needed:
        raise SystemExit(1)


def _step(action: Callable[[], None]) -> None:
    from alembic.util import CommandError

    try:
        action()
    except CommandError as error:
        raise click.ClickException(f"{error}; `comments-service db current` shows where the schema is") from None
