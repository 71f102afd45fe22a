"""Rows as CSV (RFC 4180) that no spreadsheet takes for a formula: what begins like one gets an apostrophe before it."""

import csv
import io
from collections.abc import Sequence

# What spreadsheets begin a formula with, or skip before one.
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_line(cells: Sequence[object]) -> str:
    """One row without its line end. Numbers stay numbers; None is empty."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow([_safe(cell) for cell in cells])
    return line.getvalue()


def _safe(cell: object) -> object:
    if isinstance(cell, str) and cell.startswith(_LIKE_A_FORMULA):
        return f"'{cell}"
    return "" if cell is None else cell
