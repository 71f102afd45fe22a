"""A site's decisions as examples to learn from: reading the file that the service writes.

Here: what a line may hold, how a wrong one is named, and the sample where there are too many. Not here: which decisions
teach (the service's `training_data`), what they teach (`lessons`).
"""

from __future__ import annotations

import heapq
import json
import math
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from classifier.prediction import LABELS, Submission
from classifier.training.dataset import DataError

AT_MOST = 50_000  # examples that are fitted: a quarter of a gigabyte of features; more of the same teaches little
_HEAVIEST = 10.0  # a comment that people hardly ever see must not speak for hundreds by itself
_LONGEST = 1000  # characters of a text that are learnt from, as in the training of the base
_BESIDE = ("name", "website", "title", "parent")
_PLAIN = ("id", "stream", "thread", "moderator")


@dataclass(frozen=True, slots=True)
class Example:
    """One comment and what a person decided. `labels` are 0..1, and absent where nobody said."""

    submission: Submission
    labels: dict[str, float]
    decided_at: float  # seconds since 1970
    weight: float = 1.0  # comments like it for each one that a person saw
    id: str = ""
    stream: str = ""
    thread: str = ""
    moderator: str = ""


def read_examples(path: Path, without: Iterable[str] = (), at_most: int = AT_MOST) -> list[Example]:
    """The examples in a file, oldest decision first, leaving out the moderators in `without`.

    Beyond `at_most` a priority sample stands for all (Duffield, Lund, Thorup 2007): heavy examples stay, light ones are
    drawn in proportion to their weight and then weigh as much as those that they stand for. Memory stays bounded by it.
    Raises `DataError` naming file and line where one is wrong, and where there is none at all.
    """
    left_out = frozenset(without)
    with path.open("rb") as lines:
        wanted = (example for example in _examples(lines, path) if example.moderator not in left_out)
        kept = _priority_sample(wanted, at_most)
    if not kept:
        raise DataError(f"{path} holds no example with one of the labels {', '.join(LABELS)}")
    return sorted(kept, key=lambda example: example.decided_at)


def _examples(lines: Iterable[bytes], path: Path) -> Iterator[Example]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found = _example(_object(line))
        except ValueError as error:
            raise DataError(f"{path}, line {number}: {error}") from None
        if found.labels:
            yield found


def _priority_sample(examples: Iterable[Example], at_most: int) -> list[Example]:
    draw = random.Random(20200914)  # the same file gives the same model
    heap: list[tuple[float, int, Example]] = []
    beyond = 0.0  # the highest priority that was let go
    for number, example in enumerate(examples):
        entry = (example.weight / (1.0 - draw.random()), number, example)
        if len(heap) < at_most:
            heapq.heappush(heap, entry)
        else:
            beyond = max(beyond, heapq.heappushpop(heap, entry)[0])
    return [replace(example, weight=max(example.weight, beyond)) for _, _, example in heap]


def _object(line: bytes) -> dict[str, Any]:
    try:
        plain = json.loads(line)
    except UnicodeDecodeError:
        raise ValueError("not UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not JSON ({getattr(error, 'msg', 'nested too deeply')})") from None
    if not isinstance(plain, dict):
        raise ValueError('not an object; expected {"text": "…", "labels": {…}, "decided_at": "…"}')
    return plain


def _example(plain: dict[str, Any]) -> Example:
    beside = {field: _string(plain, field) for field in _BESIDE}
    return Example(
        submission=Submission(_string(plain, "text", needed=True)[:_LONGEST], **beside),
        labels=_labels(plain.get("labels")),
        decided_at=_time(plain.get("decided_at")),
        weight=_weight(plain.get("weight", 1.0)),
        **{field: _string(plain, field) for field in _PLAIN},
    )


def _string(plain: dict[str, Any], field: str, needed: bool = False) -> str:
    value = plain.get(field)
    if value is None and not needed:
        return ""
    if not isinstance(value, str):
        raise ValueError(f'"{field}" must be a string')
    return value


def _labels(labels: object) -> dict[str, float]:
    """The model's own labels; others, such as "other", are for people."""
    if not isinstance(labels, dict):
        raise ValueError('"labels" must be an object such as {"spam": 0, "toxic": 1}')
    mine = {label: labels[label] for label in LABELS if label in labels}
    for label, value in mine.items():
        if not _is_number(value) or not 0 <= value <= 1:
            raise ValueError(f'label "{label}" must be a number from 0 to 1')
    return {label: float(value) for label, value in mine.items()}


def _time(text: object) -> float:
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        moment = None
    if moment is None:
        raise ValueError('"decided_at" must be a time such as 2026-01-31T12:00:00+00:00')
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _weight(value: Any) -> float:
    if not _is_number(value) or not value > 0:
        raise ValueError('"weight" must be a number above 0')
    return min(float(value), _HEAVIEST)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and not math.isnan(value)
