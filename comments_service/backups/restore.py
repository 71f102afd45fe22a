"""`restore_backup`: brings an installation back as a backup has it, and checks that it is all there."""

import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from comments_service import migrations
from comments_service.backups import manifest, postgresql, sqlite
from comments_service.backups.forget import forget_again, keep_tombstones
from comments_service.backups.make import MODELS, database_file
from comments_service.backups.manifest import BackupError, Manifest
from comments_service.storage import schema
from comments_service.storage.engine import open_engine, session_factory
from comments_service.storage.overwrite import overwrite_freed

_ALIVE_S = 30.0  # a process that was seen within this time still runs
# Mails that waited in the backup may have gone out after it was made: none of them is sent a second time.
_PARK_MAILS = text(
    "UPDATE outbox SET parked_at = created_at, last_error = 'restored from a backup: it may have been sent before'"
    " WHERE kind = 'mail' AND done_at IS NULL AND parked_at IS NULL"
)


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back; `parked_mails` wait for a person (`comments-service outbox`).

    `forgotten` persons of the backup had been erased since it was made, and are not in what was brought back.
    """

    manifest: Manifest
    parked_mails: int
    forgotten: int


def checked(folder: Path, engine: Engine, *, index_key: bytes, lost_key: bool) -> Manifest:
    """The manifest of a whole backup that fits here. Raises BackupError, saying what does not."""
    found = manifest.read(folder)
    if found.database != engine.dialect.name:
        raise BackupError(
            f"{folder} was made of a {found.database} database, this one is {engine.dialect.name};"
            " move sites between them with `comments-service export` and `import`"
        )
    if found.key_check != manifest.key_check(index_key) and not lost_key:
        raise BackupError(
            "the secret key here is not the one of the backup, so no address in it could be read: put that key back"
            " (COMMENTS_SECRET_KEY, or secret.key in the data folder), or accept the loss with --lost-key"
        )
    manifest.verify(folder, found)
    return found


def restore_backup(
    folder: Path, found: Manifest, engine: Engine, models: Path, *, data_dir: Path, replace: bool, now: datetime
) -> Restored:
    """Put the backup in the place of the installation's database and models, all of it or nothing.

    The tombstones of the database here, and those noted in `data_dir`, are heeded.

    Raises BackupError where there is something already and `replace` is off, or a process of the service is alive.
    """
    _refuse_used(engine, replace, now)
    keep_tombstones(engine, data_dir)
    engine.dispose()
    if found.database == "sqlite":
        with sqlite.restored(folder, database_file(engine), now) as draft:
            parked, forgotten = _finished(draft, found, data_dir, now)
            _put_models(folder, models, now)
    else:
        with engine.connect() as connection, connection.begin():
            parked = _loaded(connection, folder, found)
            forgotten = forget_again(connection, data_dir, now)
            _put_models(folder, models, now)
    return Restored(found, parked, forgotten)


def _refuse_used(engine: Engine, replace: bool, now: datetime) -> None:
    if schema.current(engine) is None:
        return
    with engine.connect() as connection:
        if "heartbeats" in inspect(connection).get_table_names():
            alive = connection.execute(text("SELECT max(seen_at) FROM heartbeats")).scalar()
            if alive is not None and now.timestamp() - alive / 1e6 < _ALIVE_S:
                raise BackupError("the service is running on this database; stop it, wait half a minute, try again")
        if not replace and connection.execute(text("SELECT count(*) FROM sites")).scalar_one():
            raise BackupError(
                "there is an installation with sites here already; --replace puts the backup in its place"
                " (an SQLite database is kept under another name; back a PostgreSQL one up first)"
            )


def _finished(draft: Path, found: Manifest, data_dir: Path, now: datetime) -> tuple[int, int]:
    """Checks the copied file against the manifest, brings it to this release's schema, forgets in it."""
    _compare(found, {table.name: table.rows for table in sqlite.tables_of(draft)})
    engine = open_engine(f"sqlite:///{draft.absolute()}")
    try:
        schema.upgrade(engine)
        with engine.connect() as connection:
            connection.execution_options(writing=True)
            with connection.begin():
                parked = connection.execute(_PARK_MAILS).rowcount
                forgotten = forget_again(connection, data_dir, now)
        if forgotten:
            overwrite_freed(session_factory(engine))
        return parked, forgotten
    finally:
        engine.dispose()


def _loaded(connection: Connection, folder: Path, found: Manifest) -> int:
    # Data definition is part of the transaction in PostgreSQL: until its end, others see what was there before.
    if migrations.current(connection) is not None:
        migrations.downgrade(connection, "base")
    migrations.upgrade(connection, found.schema)
    postgresql.load(connection, folder, found.tables, migrations.VERSION_TABLE)
    _compare(found, postgresql.counts(connection, found.tables))
    migrations.upgrade(connection)
    return connection.execute(_PARK_MAILS).rowcount


def _compare(found: Manifest, now: dict[str, int]) -> None:
    for name, rows in found.rows.items():
        if now.get(name) != rows:
            raise BackupError(f"{name}: {now.get(name, 0)} rows came back, the backup has {rows}; nothing was changed")


def _put_models(folder: Path, models: Path, now: datetime) -> None:
    if not (folder / MODELS).is_dir():
        return
    draft = models.with_name(f".{models.name}.{os.getpid()}.restoring")
    shutil.copytree(folder / MODELS, draft)
    if models.exists():
        models.rename(models.with_name(f"{models.name}.before-{now:%Y%m%dT%H%M%SZ}"))
    draft.rename(models)
