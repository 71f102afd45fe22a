"""`comments-service backup` and `restore`: the whole installation into a folder, and back."""

from pathlib import Path
from typing import Any

import click

from comments_service.cli.output import json_option, print_json
from comments_service.runtime import open_runtime
from comments_service.settings import Settings, load_settings


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--keys", type=click.Path(path_type=Path, dir_okay=False), help="Write the secret key into this file.")
@json_option
def backup(folder: Path, keys: Path | None, as_json: bool) -> None:
    """Back up database and models into DIR, while the service runs. DIR appears whole or not at all.

    The secret key, which opens the addresses, is not part of it: a backup alone gives no address away. Keep the key
    somewhere else, once; --keys FILE writes it there.
    """
    from comments_service.backups.make import make_backup
    from comments_service.backups.manifest import BackupError

    if keys is not None and folder.absolute() in keys.absolute().parents:
        raise click.UsageError("--keys: the key must not lie in the backup that it protects; name a file elsewhere")
    runtime = open_runtime(load_settings())
    engine = runtime.sessions().get_bind()
    try:
        made = make_backup(
            engine.engine, runtime.settings.models_dir, folder, index_key=runtime.keys.index, now=runtime.clock()
        )
        if keys is not None:
            _write_key(keys, runtime.settings)
    except BackupError as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        print_json({"folder": str(folder), **made.as_json()})
        return
    rows = made.rows
    click.echo(
        f"{rows.get('comments', 0)} comments of {rows.get('sites', 0)} sites, {len(made.files)} files, in {folder}"
    )
    click.echo("Bring it back with: comments-service restore " + str(folder))


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="There are sites here already: put the backup in their place.")
@click.option("--lost-key", is_flag=True, help="The backup's secret key is lost: its addresses stay unreadable.")
@click.option("--dry-run", is_flag=True, help="Check the backup and say what would come back; change nothing.")
@json_option
def restore(folder: Path, replace: bool, lost_key: bool, dry_run: bool, as_json: bool) -> None:
    """Bring the installation back as the backup in DIR has it. Stop the service first.

    Every file is checked against its hash and every table against its number of rows; then all of it takes its place,
    or nothing. An older schema is brought up to this release. Mails that waited in the backup are parked. Who was
    erased since the backup was made is erased again, as erasures.jsonl of the data folder and the database here know.
    """
    from comments_service.backups.manifest import BackupError
    from comments_service.backups.restore import checked, restore_backup

    settings = load_settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    runtime = open_runtime(settings)
    engine = runtime.sessions().get_bind().engine
    try:
        found = checked(folder, engine, index_key=runtime.keys.index, lost_key=lost_key)
        parked = forgotten = 0
        if not dry_run:
            done = restore_backup(
                folder,
                found,
                engine,
                settings.models_dir,
                data_dir=settings.data_dir,
                replace=replace,
                now=runtime.clock(),
            )
            parked, forgotten = done.parked_mails, done.forgotten
    except BackupError as error:
        raise click.ClickException(str(error)) from None
    told: dict[str, Any] = {
        "made_at": found.made_at,
        "rows": found.rows,
        "parked_mails": parked,
        "forgotten": forgotten,
        "dry_run": dry_run,
    }
    if as_json:
        print_json(told)
        return
    verb = "would come back" if dry_run else "are back"
    click.echo(
        f"{found.rows.get('comments', 0)} comments of {found.rows.get('sites', 0)} sites {verb}, as of {found.made_at}"
    )
    if forgotten:
        click.echo(f"{forgotten} persons who were erased since then are erased again (docs/privacy.md)")
    if parked:
        click.echo(f"{parked} mails are parked, as they may have been sent: comments-service outbox shows them")


def _write_key(path: Path, settings: Settings) -> None:
    import os

    from comments_service.backups.manifest import BackupError

    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(settings.secret_key)
    except OSError as error:
        raise BackupError(f"--keys {path} cannot be written ({error.strerror}); name a new file") from None
