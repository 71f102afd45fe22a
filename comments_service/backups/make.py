"""`make_backup`: one consistent state of everything, into a folder that appears whole or not at all."""

import os
import shutil
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Engine, make_url

from comments_service.backups import manifest, postgresql, sqlite
from comments_service.backups.manifest import BackupError, Manifest, Table
from comments_service.storage import schema

MODELS = "models"


def make_backup(engine: Engine, models: Path, folder: Path, *, index_key: bytes, now: datetime) -> Manifest:
    """Back up the database of `engine` and the sites' `models` into `folder`, which must not exist or be empty.

    Readers and writers go on meanwhile. Raises BackupError, and leaves nothing behind then.
    """
    draft = _draft(folder)
    try:
        made = _filled(engine, models, draft, index_key=index_key, now=now)
        if folder.exists():
            folder.rmdir()
        draft.rename(folder)
    except OSError as error:
        raise BackupError(f"{folder} cannot be written ({error.strerror}); free some room or choose another") from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return made


def _draft(folder: Path) -> Path:
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise BackupError(f"{folder} is not empty; name a new folder, so that no older backup is overwritten")
        folder.absolute().parent.mkdir(parents=True, exist_ok=True)
        draft = folder.absolute().with_name(f".{folder.name}.{os.getpid()}.partial")
        draft.mkdir(mode=0o700)
    except OSError as error:
        raise BackupError(f"{folder} cannot be written ({error.strerror}); choose another folder") from None
    return draft


def _filled(engine: Engine, models: Path, draft: Path, *, index_key: bytes, now: datetime) -> Manifest:
    revision = schema.current(engine)
    if revision is None:
        raise BackupError("the database is empty: there is nothing to back up; `comments-service init` makes one")
    tables = _dumped(engine, draft)
    if models.is_dir():
        shutil.copytree(models, draft / MODELS)
    made = Manifest(
        made_at=now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        version=version("comments-service"),
        database=engine.dialect.name,
        schema=revision,
        key_check=manifest.key_check(index_key),
        tables=tuple(tables),
        files=manifest.hashes_of(draft),
    )
    manifest.write(draft, made)
    return made


def _dumped(engine: Engine, draft: Path) -> list[Table]:
    if engine.dialect.name == "sqlite":
        return sqlite.dump(database_file(engine), draft)
    with engine.connect() as connection, connection.begin():
        return postgresql.dump(connection, draft)


def database_file(engine: Engine) -> Path:
    """The file of an SQLite database."""
    name = make_url(str(engine.url)).database
    if not name or name == ":memory:":
        raise BackupError("COMMENTS_DATABASE_URL: a database in memory cannot be backed up")
    return Path(name)
