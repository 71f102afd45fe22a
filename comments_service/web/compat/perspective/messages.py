"""Requests read by the discovery document that clients build themselves from: what it does not name is refused.

As in Google's JSON, a field may be written in camel case or with underscores, null means left out, and a number may
come as a string.
"""

import json
import math
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import request

from comments_service.web.compat.perspective.errors import malformed

DOCUMENT: dict[str, Any] = json.loads(Path(__file__).with_name("discovery.json").read_text(encoding="utf-8"))
_SHOWN = 60  # characters of a wrong value that are told back


def message(name: str) -> dict[str, Any]:
    """The request's body as the message `name`. Raises GoogleError."""
    try:
        value = json.loads(request.get_data())
    except (ValueError, RecursionError):
        raise malformed("", "Invalid JSON payload received. It cannot be read as JSON.") from None
    return _message(name, value, "")


def _message(name: str, value: object, path: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(path, name, value)
    found = {}
    for given, item in value.items():
        field = _fields(name).get(given)
        if field is None:
            at = f" at '{path}'" if path else ""
            text = f'Invalid JSON payload received. Unknown name "{given[:_SHOWN]}"{at}: Cannot find field.'
            raise malformed(path, text)
        if item is not None:
            found[field] = _value(DOCUMENT["schemas"][name]["properties"][field], item, _below(path, field))
    return found


@lru_cache(maxsize=32)
def _fields(name: str) -> dict[str, str]:
    """A message's fields by each of their spellings."""
    names = DOCUMENT["schemas"][name]["properties"]
    return {re.sub("[A-Z]", lambda match: f"_{match[0].lower()}", field): field for field in names} | {
        field: field for field in names
    }


def _value(kind: dict[str, Any], value: object, path: str) -> Any:
    if "$ref" in kind:
        return _message(kind["$ref"], value, path)
    if kind["type"] == "object" and isinstance(value, dict):
        return {key: _value(kind["additionalProperties"], item, _below(path, key)) for key, item in value.items()}
    if kind["type"] == "array" and isinstance(value, list):
        return [_value(kind["items"], item, f"{path}[{place}]") for place, item in enumerate(value)]
    if kind["type"] in ("number", "integer"):
        return _number(kind["type"], value, path)
    if kind["type"] == "string" and isinstance(value, str) and value in kind.get("enum", (value,)):
        return value
    if kind["type"] == "boolean" and isinstance(value, bool):
        return value
    raise _wrong(path, kind["type"], value)


def _number(kind: str, value: object, path: str) -> float:
    try:
        number = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else math.nan
    except (ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number) or (kind == "integer" and number != int(number)):
        raise _wrong(path, kind, value)
    return number


def _below(path: str, field: str) -> str:
    return f"{path}.{field[:_SHOWN]}" if path else field[:_SHOWN]


def _wrong(path: str, kind: str, value: object) -> Exception:
    shown = json.dumps(value)[:_SHOWN] if isinstance(value, str | int | float | bool) else type(value).__name__
    return malformed(path, f"Invalid value at '{path}' ({kind}), {shown}")
