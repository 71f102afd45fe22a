"""Tombstones: which persons were erased when, in the database and in a file beside it, so that backups forget too.

A backup holds who was erased after it was made. Whoever restores one calls `gather` on the database that is about to
be replaced and `replay` on the one that took its place.
"""

import fcntl
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from comments_service.persons.erase import Means, erase
from comments_service.persons.find import Person
from comments_service.storage.tables import Erasure, Site

FILE = "erasures.jsonl"  # in the data folder, mode 600


@dataclass(frozen=True, slots=True)
class Tombstone:
    """One erasure. `site` is a site's key, None for all; `at` its moment, to the microsecond, UTC."""

    blind_index: str
    site: str | None
    at: datetime


class DamagedFile(ValueError):
    """The file of tombstones cannot be read. The message says which line, and what to do."""


def tombstones_of(indexes: Iterable[str], site: str | None, at: datetime) -> list[Tombstone]:
    """The tombstones of one person."""
    return [Tombstone(index, site, at) for index in indexes]


def append(data_dir: Path, stones: Iterable[Tombstone]) -> None:
    """Write tombstones to the file, on disk when this returns. Before the erasure: one that breaks off is noted."""
    lines = "".join(
        json.dumps({"blind_index": stone.blind_index, "site": stone.site, "at": stone.at.isoformat()}) + "\n"
        for stone in stones
    )
    descriptor = os.open(data_dir / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        # A line without its end was cut short by a power failure, before the erasure that it was to note began.
        whole = file.read().rfind(b"\n") + 1
        file.truncate(whole)
        file.seek(whole)
        file.write(lines.encode())
        file.flush()
        os.fsync(file.fileno())


def in_file(data_dir: Path) -> list[Tombstone]:
    """All tombstones of the file, in its order; none where there is no file. Raises DamagedFile."""
    path = data_dir / FILE
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return [_read(path, number, line) for number, line in enumerate(text.split("\n")[:-1], start=1)]


def in_database(session: Session) -> list[Tombstone]:
    """All tombstones of the database, oldest first."""
    statement = select(Erasure, Site.key).outerjoin(Site, Site.id == Erasure.site_id).order_by(Erasure.id)
    return [Tombstone(row.blind_index, site, row.erased_at) for row, site in session.execute(statement)]


def keep(session: Session, stones: Iterable[Tombstone]) -> None:
    """Store those tombstones that the database lacks. One for a site that it does not know says nothing to it."""
    sites: dict[str | None, int | None] = {row.key: row.id for row in session.execute(select(Site.key, Site.id))}
    sites[None] = None
    known = set(in_database(session))
    for stone in dict.fromkeys(stones):
        if stone not in known and stone.site in sites:
            session.add(Erasure(blind_index=stone.blind_index, site_id=sites[stone.site], erased_at=stone.at))
    session.flush()


def gather(session: Session, data_dir: Path) -> None:
    """Add to the file what only the database has. Raises DamagedFile."""
    known = set(in_file(data_dir))
    missing = [stone for stone in in_database(session) if stone not in known]
    if missing:
        append(data_dir, missing)


def replay(means: Means, data_dir: Path) -> int:
    """Erase again whoever was erased after the backup was made; how many persons that were found. Raises DamagedFile.

    What a person wrote after the erasure stays.
    """
    stones = in_file(data_dir)
    with means.transaction() as session:
        keep(session, stones)
        sites: dict[str, int] = {row.key: row.id for row in session.execute(select(Site.key, Site.id))}
    known = [stone for stone in stones if stone.site is None or stone.site in sites]
    return sum(_erase_again(means, stone, sites) for stone in known)


def _erase_again(means: Means, stone: Tombstone, sites: dict[str, int]) -> bool:
    site_id = None if stone.site is None else sites[stone.site]
    return erase(means, Person((stone.blind_index,), site_id, until=stone.at), at=stone.at).anything


def _read(path: Path, number: int, line: str) -> Tombstone:
    try:
        found = json.loads(line)
        return Tombstone(str(found["blind_index"]), found["site"], datetime.fromisoformat(found["at"]))
    except (ValueError, KeyError, TypeError):
        raise DamagedFile(f"{path}, line {number}: not a tombstone; take the file from the latest backup") from None
