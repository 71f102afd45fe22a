"""Opaque cursors: where a page of comments began or ended, and how far a reader has seen a thread's arrivals.

A place is an order key and an id, not a number of rows, so that paging keeps its place while comments come and go.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from comments_service.storage.types import from_microseconds, to_microseconds

_LONGEST = 200
_BACKWARDS = "before"
_ARRIVALS = "arrivals"


class BadCursor(ValueError):
    """The cursor is not one that we gave out."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The comments after the one with this order key and id, or (`backwards`) those before it."""

    key: datetime | float
    row_id: int
    backwards: bool = False


def encode(sort: str, key: datetime | float, row_id: int, *, backwards: bool = False) -> str:
    """A cursor after the row with this order key and id, or before it."""
    value = to_microseconds(key) if isinstance(key, datetime) else key
    return _written([sort, value, row_id, *([_BACKWARDS] if backwards else [])])


def decode(sort: str, text: str) -> Cursor:
    """The place that a cursor for `sort` names. Raises BadCursor."""
    try:
        kind, value, row_id, *direction = _read(text)
        if kind != sort or type(row_id) is not int or type(value) not in {int, float} or not 0 <= row_id < 2**62:
            raise BadCursor("of another order")
        if direction not in ([], [_BACKWARDS]):
            raise BadCursor("of another direction")
        if sort == "top":
            return Cursor(float(value), row_id, bool(direction))
        if type(value) is not int or not 0 <= value < 2**52:
            raise BadCursor("no moment")
        return Cursor(from_microseconds(value), row_id, bool(direction))
    except (ValueError, TypeError, RecursionError, binascii.Error):
        raise BadCursor("Start again without `cursor`: this one was not given out for this order.") from None


def encode_arrival(number: int) -> str:
    """A cursor after a thread's arrival of this number (see `storage.sites.Thread`)."""
    return _written([_ARRIVALS, number])


def decode_arrival(text: str) -> int:
    """The number of the last arrival that a reader has seen. Raises BadCursor."""
    try:
        kind, number = _read(text)
        if kind != _ARRIVALS or type(number) is not int or not 0 <= number < 2**31:
            raise BadCursor("of another kind")
        return number
    except (ValueError, TypeError, RecursionError, binascii.Error):
        raise BadCursor("Send `thread.newest` of an earlier answer, or load the thread again.") from None


def _written(parts: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).rstrip(b"=").decode()


def _read(text: str) -> Any:
    if len(text) > _LONGEST:
        raise BadCursor("too long")
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
