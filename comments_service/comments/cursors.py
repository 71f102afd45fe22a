"""Opaque cursors: where a page of comments ended, as order key and id, so that paging keeps its place."""

import base64
import binascii
import json
from datetime import datetime

from comments_service.storage.types import from_microseconds, to_microseconds


class BadCursor(ValueError):
    """The cursor is not one that we gave out."""


def encode(sort: str, key: datetime | float, row_id: int) -> str:
    """A cursor after the row with this order key and id."""
    value = to_microseconds(key) if isinstance(key, datetime) else key
    return base64.urlsafe_b64encode(json.dumps([sort, value, row_id]).encode()).rstrip(b"=").decode()


def decode(sort: str, cursor: str) -> tuple[datetime | float, int]:
    """Order key and id of a cursor for `sort`. Raises BadCursor."""
    try:
        if len(cursor) > 200:
            raise BadCursor("too long")
        kind, value, row_id = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if kind != sort or type(row_id) is not int or type(value) not in {int, float} or not 0 <= row_id < 2**62:
            raise BadCursor("of another order")
        if sort == "top":
            return float(value), row_id
        if type(value) is not int or not 0 <= value < 2**52:
            raise BadCursor("no moment")
        return from_microseconds(value), row_id
    except (ValueError, TypeError, RecursionError, binascii.Error):
        raise BadCursor("Start again without `cursor`: this one was not given out for this order.") from None
