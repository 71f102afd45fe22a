"""Keeps an answer for a moment, so that whoever asks `/readyz` or `/metrics` in a loop cannot load the database."""

import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import current_app

T = TypeVar("T")

_KEY = "comments_operations_remembered"
_lock = threading.Lock()


def remembered(name: str, seconds: float, make: Callable[[], T]) -> T:
    """What `make` answered, at most `seconds` ago; one thread makes it, the others wait for it."""
    kept = cast("dict[str, tuple[float, Any]]", current_app.extensions.setdefault(_KEY, {}))
    with _lock:
        made_at, answer = kept.get(name, (float("-inf"), None))
        if time.monotonic() - made_at >= seconds:
            answer = make()
            kept[name] = (time.monotonic(), answer)
    return cast(T, answer)
