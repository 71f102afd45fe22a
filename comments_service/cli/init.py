"""`comments-service init`: data folder, secret key and schema, ready for the first site."""

import click

from comments_service.settings import Settings, load_settings


def prepare(settings: Settings) -> None:
    """Make what a fresh installation lacks; does nothing where nothing is lacking. Safe to run twice, or at once."""
    from comments_service.storage.engine import open_engine
    from comments_service.storage.schema import upgrade

    settings.data_dir.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.sqlalchemy_url)
    upgrade(engine)
    engine.dispose()


@click.command()
def init() -> None:
    """Create the data folder, the secret key and the database."""
    settings = load_settings()
    prepare(settings)
    click.echo(f"Data folder: {settings.data_dir.absolute()}  (back it up: secret.key opens the addresses)")
    click.echo("Next: comments-service site add my-blog --name 'My blog' --origin https://blog.example")
    click.echo("      comments-service moderator add LOGIN")
    click.echo("      comments-service run")
