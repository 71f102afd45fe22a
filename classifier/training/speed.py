"""How long a model takes for a comment, in processor time. Not here: any other cost (`make bench` has more)."""

from __future__ import annotations

import time

from classifier.pipeline import Model
from classifier.prediction import Submission

_ROUNDS = 7  # the median counts
_BATCH = 64


def speed(model: Model) -> dict[str, float]:
    """Microseconds of processor time a comment, single and in batches, on comments of ordinary length."""
    texts = [
        f"I read the {n}th paragraph twice and wonder who pays for the loan in the end. " * 2 for n in range(_BATCH)
    ]
    batch = [Submission(text) for text in texts]
    model.predict(batch)
    singles, batches = [], []
    for _ in range(_ROUNDS):
        begin = time.process_time()
        for one in batch:
            model.predict([one])
        between = time.process_time()
        model.predict(batch)
        singles.append(between - begin)
        batches.append(time.process_time() - between)
    return {
        "microseconds_single": _median(singles),
        "microseconds_in_batches_of_64": _median(batches),
    }


def _median(seconds: list[float]) -> float:
    return round(sorted(seconds)[len(seconds) // 2] / _BATCH * 1e6, 1)
