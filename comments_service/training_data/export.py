"""Examples as JSON lines, as `comment-classifier adapt` reads them. The fields are those of `example.Example`."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from comments_service.training_data.example import Example


def as_lines(examples: Iterable[Example]) -> Iterator[str]:
    """One JSON object for each example, without line ends or empty fields; `decided_at` in ISO 8601, UTC."""
    for example in examples:
        values = asdict(example) | {"decided_at": example.decided_at.isoformat()}
        filled = {name: value for name, value in values.items() if value != "" or name == "text"}
        yield json.dumps(filled, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
