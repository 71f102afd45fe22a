"""Streaming the wanted columns of a large CSV file. Here: what can be wrong with it. Not here: what it means."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from classifier.training.dataset import DataError

Cells = tuple[str, ...]

_LONGEST = 1 << 20  # characters of one cell; a longer one is an unclosed quotation mark, not a comment


def header(path: Path, option: str) -> list[str]:
    """The names of the columns. Raises `DataError` where there is no such file; `option` is what should name it."""
    if not path.is_file():
        raise DataError(f"{path} is missing; {option} must name the unpacked official file or its folder")
    for _, cells in _lines(path):
        return list(cells)
    raise DataError(f"{path} is empty")


def rows(path: Path, columns: Sequence[str], option: str) -> Iterator[tuple[int, Cells]]:
    """(line, cells of these columns in this order) for each row. Raises `DataError` naming the file and the column."""
    names = header(path, option)
    lacking = [column for column in columns if column not in names]
    if lacking:
        raise DataError(f"{path} lacks the column {', '.join(lacking)}; {option} takes the official file as it is")
    positions = [names.index(column) for column in columns]
    lines = _lines(path)
    next(lines)
    for line, cells in lines:
        if len(cells) == len(names):
            yield line, tuple([cells[position] for position in positions])
        elif cells:
            raise DataError(f"{path}, line {line}: {len(cells)} columns where the first line has {len(names)}")


def share(cell: str, column: str, path: Path, line: int) -> float:
    """A share from 0 to 1, NaN for an empty cell. Raises `DataError` naming file, line and column otherwise."""
    if not cell:
        return float("nan")
    try:
        value = float(cell)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise DataError(f"{path}, line {line}: {column} is {cell[:20]!r}, not a number from 0 to 1")
    return value


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(_LONGEST)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream, strict=True)
        try:
            for cells in reader:
                yield reader.line_num, cells
        except UnicodeDecodeError:
            raise DataError(f"{path}, after line {reader.line_num}: not UTF-8") from None
        except csv.Error as error:
            raise DataError(f"{path}, line {reader.line_num}: not CSV ({error})") from None
