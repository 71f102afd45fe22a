"""Reading submissions from JSON lines. Here: what a line may hold and how a wrong one is named. Not here: scoring."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields

import click

from classifier.prediction import Submission

_FIELDS = tuple(field.name for field in fields(Submission))


def submissions(lines: Iterable[bytes], name: str) -> Iterator[Submission]:
    """One submission a line; empty lines are passed over. Raises a one-line error that names the line."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield submission(line)
            except ValueError as error:
                raise click.ClickException(f"{name}, line {number}: {error}") from None


def submission(line: bytes) -> Submission:
    """Read one line. Raises ValueError with what is wrong. Unknown keys are let be: exports carry more."""
    try:
        plain = json.loads(line)
    except UnicodeDecodeError:
        raise ValueError("not UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not JSON ({getattr(error, 'msg', 'nested too deeply')})") from None
    if not isinstance(plain, dict):
        raise ValueError('not an object; expected {"text": "…"}')
    if "text" not in plain:
        raise ValueError('"text" is missing')
    for field in _FIELDS:
        value = plain.get(field)
        if value is None and (field != "text"):
            plain.pop(field, None)
        elif not isinstance(value, str):
            raise ValueError(f'"{field}" must be a string')
    return Submission(**{field: plain[field] for field in _FIELDS if field in plain})
