"""Opaque cursors: where the next page of a list begins, as a short text that clients hand back unchanged."""

import base64
import json
from collections.abc import Sequence

_LONGEST = 200  # characters; longer ones are not ours


class InvalidCursor(ValueError):
    """A cursor that this list did not hand out."""

    def __init__(self) -> None:
        super().__init__("This cursor is not from this list. Leave it out to begin with the first page.")


def write_cursor(order: str, keys: Sequence[int]) -> str:
    """A cursor behind the row with these sort keys, good for this order only."""
    return base64.urlsafe_b64encode(json.dumps([order, *keys]).encode()).decode().rstrip("=")


def read_cursor(cursor: str, order: str, length: int) -> tuple[int, ...]:
    """The `length` sort keys in `cursor`. Raises InvalidCursor where it is another order's or damaged."""
    try:
        if len(cursor) > _LONGEST:
            raise InvalidCursor
        named, *keys = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, TypeError, RecursionError):
        raise InvalidCursor from None
    # A bool is an int to Python, and 2**63 is none to a database.
    whole = all(type(key) is int and abs(key) < 2**63 for key in keys)
    if named != order or len(keys) != length or not whole:
        raise InvalidCursor
    return tuple(keys)
