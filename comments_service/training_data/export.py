"""Examples as JSON lines for training outside the service. The fields are those of `collect.Example`."""

import json
from collections.abc import Iterable, Iterator

from comments_service.training_data.collect import Example


def as_lines(examples: Iterable[Example]) -> Iterator[str]:
    """One JSON object for each example, without line ends; `decided_at` in ISO 8601, UTC."""
    for example in examples:
        values = vars(example) | {"decided_at": example.decided_at.isoformat()}
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
