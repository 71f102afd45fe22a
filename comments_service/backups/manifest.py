"""What a backup says of itself: when, from which schema, what every file holds. Nothing in it is secret."""

import hashlib
import hmac
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

FORMAT = 1
NAME = "manifest.json"
_KEY_CHECK = b"comments-service backup: the same keys?"


class BackupError(Exception):
    """Something the user can mend; the message says what and how, in one line."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in the order of the file, and how many rows."""

    name: str
    columns: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """`files` are SHA-256 hashes by path within the backup; `tables` stand in an order that satisfies foreign keys."""

    made_at: str
    version: str
    database: str
    schema: str
    key_check: str
    tables: tuple[Table, ...]
    files: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def rows(self) -> dict[str, int]:
        return {table.name: table.rows for table in self.tables}


def key_check(index_key: bytes) -> str:
    """Tells whether two installations have the same keys, and nothing about the keys."""
    return hmac.new(index_key, _KEY_CHECK, hashlib.sha256).hexdigest()[:32]


def write(folder: Path, manifest: Manifest) -> None:
    """Written last: a folder without a manifest is no backup."""
    path = folder / NAME
    with path.open("w", encoding="utf-8") as file:
        json.dump(manifest.as_json(), file, indent=2)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())


def read(folder: Path) -> Manifest:
    """The manifest of the backup in `folder`. Raises BackupError where there is none, or one of a newer format."""
    try:
        given = json.loads((folder / NAME).read_text("utf-8"))
        if given["format"] != FORMAT:
            raise BackupError(f"{folder}: made by a newer release (format {given['format']}); restore with that one")
        tables = tuple(Table(table["name"], tuple(table["columns"]), table["rows"]) for table in given.pop("tables"))
        return Manifest(**given, tables=tables)
    except FileNotFoundError:
        raise BackupError(
            f"{folder}: no backup is here ({NAME} is missing); name the folder that backup made"
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupError(f"{folder}: {NAME} cannot be read ({type(error).__name__}); use another backup") from None


def hashes_of(folder: Path) -> dict[str, str]:
    """SHA-256 by path of every file in the backup but the manifest."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    return {path.relative_to(folder).as_posix(): _sha256(path) for path in found}


def verify(folder: Path, manifest: Manifest) -> None:
    """Raises BackupError unless every file is there and unchanged, and no other."""
    found = hashes_of(folder)
    if found != manifest.files:
        wrong = sorted(set(found.items()) ^ set(manifest.files.items()))[0][0]
        raise BackupError(f"{folder}: {wrong} is missing, changed or not part of the backup; use another backup")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
