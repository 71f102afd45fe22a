"""The log as text: JSON lines without what is empty, or a CSV table with a heading."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, fields

from comments_service.exporters.line import moment, without_empty
from comments_service.exporters.log.entry import LogEntry
from comments_service.exporters.safe_csv import csv_line

COLUMNS = tuple(field.name for field in fields(LogEntry))


def as_json_lines(entries: Iterable[LogEntry]) -> Iterator[str]:
    """One object a line, without line ends."""
    for entry in entries:
        yield json.dumps(without_empty({**asdict(entry), "at": moment(entry.at)}), ensure_ascii=False)


def as_csv(entries: Iterable[LogEntry]) -> Iterator[str]:
    """A heading and one row an entry, without line ends."""
    yield csv_line(COLUMNS)
    for entry in entries:
        values = {**asdict(entry), "at": moment(entry.at), "alone": "yes" if entry.alone else ""}
        yield csv_line([values[column] for column in COLUMNS])


FORMATS: dict[str, Callable[[Iterable[LogEntry]], Iterator[str]]] = {"jsonl": as_json_lines, "csv": as_csv}
