"""Scores told on Perspective's scale, so that thresholds which were chosen for it go on meaning the same share.

A score is translated to the one that as many comments reached with Perspective (equipercentile linking; Kolen, Brennan
2014, Test Equating, Scaling, and Linking). The table lies beside this file with how it was made;
`python -m benchmarks.perspective_scale` makes it from recorded scores. A label without recorded scores has no table.
"""

import json
from bisect import bisect_right
from functools import lru_cache
from pathlib import Path
from typing import Any

PLACE = Path(__file__).with_name("perspective_scale.json")


def translated(label: str, score: float) -> float:
    """A model's score 0..1 on Perspective's scale; the score itself where the label has no table."""
    knots = table()["labels"].get(label)
    if knots is None:
        return score
    own, theirs = knots["own"], knots["perspective"]
    at = min(max(bisect_right(own, score), 1), len(own) - 1)
    share = (score - own[at - 1]) / (own[at] - own[at - 1])
    return round(float(theirs[at - 1] + share * (theirs[at] - theirs[at - 1])), 4)


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    """{"model": digest, "made_from": …, "labels": {label: {"own": [0 … 1], "perspective": [0 … 1]}}}."""
    found: dict[str, Any] = json.loads(PLACE.read_text(encoding="utf-8"))
    return found
