"""Reads the service's own JSON lines (docs/import-export.md), one line in memory at a time. Stores nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, BinaryIO, Literal

from pydantic import Field, TypeAdapter, ValidationError

from comments_service.importers.rows import CommentRow, Count, Row, ThreadRow

FORMAT = "comments-service"
VERSION = 2  # 1 lacked `stream` and `shown_probability` of decisions

# Bytes. A comment of 10 000 characters with 50 revisions, each escaped, fits; a file without line ends does not.
LONGEST_LINE = 8 * 1024 * 1024


class NotOurFormat(ValueError):
    """The file is not what the command was told it is. The message says what was found and what to do."""


@dataclass(frozen=True)
class BadLine:
    """A line that holds no row; `reason` names the field and never quotes its value."""

    number: int
    reason: str


@dataclass(frozen=True)
class ReadRow:
    """A row and the number of its line, from 1."""

    number: int
    row: ThreadRow | CommentRow


class _Header(Row):
    kind: Literal["site"]
    format: str
    version: int
    site: str
    name: str = ""
    origins: tuple[str, ...] = ()
    settings: dict[str, Any] = Field(default_factory=dict)
    addresses: bool = False


class _End(Row):
    kind: Literal["end"]
    threads: Count
    comments: Count


_LINE: TypeAdapter[_Header | _End | ThreadRow | CommentRow] = TypeAdapter(
    Annotated[_Header | _End | ThreadRow | CommentRow, Field(discriminator="kind")]
)


def read(file: BinaryIO) -> Iterator[ReadRow | BadLine]:
    """Rows and bad lines of an open file, in order. Raises NotOurFormat for the first line.

    A missing or wrong last line is a bad line too: the file was cut off, and what is missing must not go unseen.
    """
    lines = _numbered_lines(file)
    _check_header(next(lines, (1, b"")))
    rows, number, ended = 0, 1, False
    for number, raw in lines:
        line = BadLine(number, "stands after the line that ends the file") if ended else _parse(number, raw)
        if isinstance(line, _Header):
            line = BadLine(number, "is a second header: two exports in one file; import them one by one")
        if not isinstance(line, _End):
            rows += 1  # bad ones too: the last line's figures are there to tell of lines that were lost
            yield line
            continue
        ended = True
        if line.threads + line.comments != rows:
            promised = f"{line.threads} threads and {line.comments} comments"
            yield BadLine(number, f"the file should hold {promised} but has {rows} lines: export it again")
    if not ended:
        yield BadLine(number + 1, "the file ends without its last line: it was cut off, export it again")


def _numbered_lines(file: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Each line with its number; None for one that is too long, which is skipped without being held in memory."""
    number = 0
    while raw := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(raw) <= LONGEST_LINE:
            if raw.strip():
                yield number, raw
            continue
        while raw and not raw.endswith(b"\n"):
            raw = file.readline(LONGEST_LINE)
        yield number, None


def _check_header(first: tuple[int, bytes | None]) -> None:
    line = _parse(*first)
    if not isinstance(line, _Header):
        reason = line.reason if isinstance(line, BadLine) else "it is a row"
        raise NotOurFormat(f"the first line is no header of a comments-service export: {reason}")
    if line.format != FORMAT:
        raise NotOurFormat(f'the header names the format "{line.format[:40]}"; this command reads "{FORMAT}"')
    if line.version > VERSION:
        raise NotOurFormat(
            f"the file has version {line.version}, this release reads versions up to {VERSION}; update the service"
        )


def _parse(number: int, raw: bytes | None) -> "ReadRow | BadLine | _Header | _End":
    if raw is None:
        return BadLine(number, f"is longer than {LONGEST_LINE // 1024 // 1024} MiB")
    try:
        line = _LINE.validate_json(raw)
    except ValidationError as error:
        return BadLine(number, _reason(error))
    if isinstance(line, _Header | _End):
        return line
    return ReadRow(number, line)


def _reason(error: ValidationError) -> str:
    """The first fault, with its place in the line. Values are left out: they can be somebody's address or text."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    place = ".".join(str(part) for part in first["loc"][1:])
    message = first["msg"].removeprefix("Value error, ")
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    return f"{place}: {message}{more}" if place else f"{message}{more}"
