"""Walks through all sources of the log in the order of time, a few rows at a time, each time in a short reading.

Nothing is held open between: whoever fetches the log slowly keeps no database waiting. As rows are only ever added,
what was read stays true.
"""

import heapq
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func
from sqlalchemy.orm import Session

from comments_service.exporters.log.entry import LogEntry
from comments_service.exporters.log.sources import SOURCES, LogSource
from comments_service.moderation.period import Period
from comments_service.moderation.permissions import SiteIds, of_sites

_AT_ONCE = 500  # rows

Reading = Callable[[], AbstractContextManager[Session]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of the log is asked for. `site_ids` None means every site."""

    site_ids: SiteIds | None
    period: Period


def count_entries(session: Session, wanted: Wanted) -> int:
    """How many entries `walk` will give, for progress."""
    counts = (_chosen(source, wanted).with_only_columns(func.count(), maintain_column_froms=True) for source in SOURCES)
    return sum(session.scalar(count) or 0 for count in counts)


def walk(reading: Reading, wanted: Wanted) -> Iterator[LogEntry]:
    """The entries, oldest first."""
    return heapq.merge(*(_walk_source(reading, source, wanted) for source in SOURCES), key=lambda entry: entry.at)


def _walk_source(reading: Reading, source: LogSource, wanted: Wanted) -> Iterator[LogEntry]:
    after = 0
    while rows := _read(reading, source, wanted, after):
        yield from rows
        after = rows[-1].id


def _read(reading: Reading, source: LogSource, wanted: Wanted, after: int) -> Sequence[LogEntry]:
    statement = _chosen(source, wanted).where(source.id > after).order_by(source.id).limit(_AT_ONCE)
    with reading() as session:
        return [source.entry(row) for row in session.execute(statement)]


def _chosen(source: LogSource, wanted: Wanted) -> "Select[*tuple[Any, ...]]":
    statement = source.rows
    if wanted.site_ids is not None:
        statement = statement.where(of_sites(source.site_id, wanted.site_ids))
    if wanted.period.begin is not None:
        statement = statement.where(source.at >= wanted.period.begin)
    if wanted.period.end is not None:
        statement = statement.where(source.at < wanted.period.end)
    return statement
