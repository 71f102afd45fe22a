"""Scores told on Perspective's scale, so that thresholds which were chosen for it go on meaning the same share.

One table ships, made from recorded scores by `python -m benchmarks.perspective_scale`; a site that has recorded scores
of its own comments makes its own (`comments-service classifier perspective-scale`), which is used instead. A label of
which no scores were recorded has no table and is told as it is. How tables are made: linking.py.
"""

import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from comments_service.scoring.linking import Knots
from comments_service.scoring.places import models_of

SHIPPED = Path(__file__).with_name("perspective_scale.json")

# Only pairs whose descriptions agree. Perspective's attributes were trained on the label sets of Jigsaw, from which the
# classifier's kinds of toxicity come too.
LABELS = {
    "TOXICITY": "toxic",
    "SEVERE_TOXICITY": "severe_toxic",
    "IDENTITY_ATTACK": "identity_hate",
    "INSULT": "insult",
    "PROFANITY": "obscene",
    "OBSCENE": "obscene",
    "THREAT": "threat",
    "SEXUALLY_EXPLICIT": "sexual_explicit",
    "SPAM": "spam",
}


@dataclass(frozen=True, slots=True)
class Scale:
    """Knots by label, the digest of the model whose scores they translate, and what they were made from, in words."""

    labels: Mapping[str, Knots]
    model: str
    made_from: str
    made_at: str

    def told(self, label: str, score: float) -> float:
        """A model's score 0..1 on Perspective's scale; the score itself where the label has no table."""
        knots = self.labels.get(label)
        if knots is None:
            return score
        at = min(max(bisect_right(knots.own, score), 1), len(knots.own) - 1)
        low, high = knots.own[at - 1 : at + 1]
        begin, end = knots.theirs[at - 1 : at + 1]
        return round(begin + (score - low) / (high - low) * (end - begin), 4)


def scale_of(models_dir: Path, site: str) -> Scale:
    """The site's own scale where it made one, else the one that ships."""
    own = place_of(models_dir, site)
    try:
        return _read(own, own.stat().st_mtime_ns)
    except FileNotFoundError:
        return _read(SHIPPED, 0)


def keep_scale(path: Path, scale: Scale) -> None:
    """Write a scale; readers see the former one or this, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(asdict(scale), indent=1) + "\n", encoding="utf-8")
    part.replace(path)


def place_of(models_dir: Path, site: str) -> Path:
    """Where a site's own scale lies; it may not be there."""
    return models_of(models_dir, site) / "perspective_scale.json"


@lru_cache(maxsize=64)  # a changed file has another time
def _read(path: Path, _changed: int) -> Scale:
    plain = json.loads(path.read_text(encoding="utf-8"))
    labels = {label: Knots(tuple(one["own"]), tuple(one["theirs"])) for label, one in plain.pop("labels").items()}
    return Scale(labels=labels, **plain)
