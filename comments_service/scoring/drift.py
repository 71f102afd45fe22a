"""Have a site's scores and words moved away from what they were when its model was made? The arithmetic alone.

Scores are compared by the population stability index over fixed bins, PSI = Σ (p - q) ln(p / q) (Siddiqi, Credit Risk
Scorecards, 2006: from 0.25 on the population has changed). With few comments chance alone gives such figures; under no
change PSI is about (1/n + 1/m) times a chi-squared variable of bins - 1 degrees of freedom (Yurdakul and Naranjo,
Statistical properties of the population stability index, 2020), so the bound is raised to that law's 0.999 quantile.
Words are compared by the share that the reference never saw, beside the share that is usual.
Fetching the comments is `moderation.model_watch`'s work.
"""

import base64
import hashlib
import math
import re
import zlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

EDGES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 0.9)  # finer where most scores are
CHANGED = 0.25
QUANTILE = 27.877  # chi-squared, 9 degrees of freedom, 0.999
UNUSUAL_WORDS = 0.15  # so much more of the words unseen than is usual
FEWEST = 100  # comments on either side; below, nothing is said

_BITS = 1 << 18
_WORD = re.compile(r"[^\W\d_]{2,}")

Row = tuple[str, Mapping[str, float]]  # a comment's text and its scores by label


@dataclass(frozen=True, slots=True)
class Reference:
    """What was usual: `counts` of scores in each bin by label, a bit for each hashed word that was seen.

    `unseen` is the share of words that were new in the later fifth of these same comments, 0..1.
    """

    comments: int
    counts: dict[str, list[int]]
    words: bytes
    unseen: float


@dataclass(frozen=True, slots=True)
class Drift:
    """How far `comments` are from a reference. `labels` are PSIs, `bound` what they may be; shares are 0..1."""

    comments: int
    reference_comments: int
    labels: dict[str, float]
    bound: float
    unseen: float
    usual_unseen: float

    @property
    def alarms(self) -> list[str]:
        """The labels beyond the bound, and "words" where they are."""
        found = [label for label, psi in self.labels.items() if psi > self.bound]
        return [*found, "words"] if self.unseen > self.usual_unseen + UNUSUAL_WORDS else found


def reference_of(rows: Sequence[Row]) -> Reference | None:
    """The reference that `rows`, oldest first, make; None where they are too few."""
    if len(rows) < FEWEST:
        return None
    begun = _words(text for text, _ in rows[: len(rows) * 4 // 5])
    return Reference(
        comments=len(rows),
        counts=_counts(rows),
        words=_words(text for text, _ in rows),
        unseen=_unseen(begun, (text for text, _ in rows[len(rows) * 4 // 5 :])),
    )


def drift_of(reference: Reference, rows: Sequence[Row]) -> Drift | None:
    """How far `rows` are from the reference; None where they are too few to say."""
    if len(rows) < FEWEST:
        return None
    counts = _counts(rows)
    noise = QUANTILE * (1 / reference.comments + 1 / len(rows))
    return Drift(
        comments=len(rows),
        reference_comments=reference.comments,
        labels={label: psi(reference.counts[label], counts[label]) for label in reference.counts if label in counts},
        bound=round(max(CHANGED, noise), 4),
        unseen=_unseen(reference.words, (text for text, _ in rows)),
        usual_unseen=reference.unseen,
    )


def psi(before: Sequence[int], after: Sequence[int]) -> float:
    """Population stability index of two histograms with the same bins; half a comment more in each, against zeros."""
    total = 0.0
    for was, now in zip(before, after, strict=True):
        p = (was + 0.5) / (sum(before) + 0.5 * len(before))
        q = (now + 0.5) / (sum(after) + 0.5 * len(after))
        total += (q - p) * math.log(q / p)
    return round(total, 4)


def as_json(reference: Reference) -> dict[str, Any]:
    """A reference as JSON, words packed."""
    words = base64.b64encode(zlib.compress(reference.words, 9)).decode()
    return {
        "comments": reference.comments,
        "counts": reference.counts,
        "words": words,
        "unseen": reference.unseen,
    }


def from_json(kept: Mapping[str, Any]) -> Reference:
    """The inverse of `as_json`. Raises ValueError, KeyError or TypeError for anything else."""
    words = zlib.decompress(base64.b64decode(kept["words"]))
    return Reference(int(kept["comments"]), dict(kept["counts"]), words, float(kept["unseen"]))


def _counts(rows: Iterable[Row]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for _, scores in rows:
        for label, score in scores.items():
            found.setdefault(label, [0] * (len(EDGES) + 1))[bisect_right(EDGES, score)] += 1
    return found


def _places(texts: Iterable[str]) -> "Counter[int]":
    """How often each hashed word occurs, at most once a comment: one that repeats a word says it once."""
    return Counter(place for text in texts for place in {_place(word) for word in _WORD.findall(text.casefold())})


def _place(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(errors="replace"), digest_size=4).digest(), "big") % _BITS


def _words(texts: Iterable[str]) -> bytes:
    seen = bytearray(_BITS // 8)
    for place in _places(texts):
        seen[place >> 3] |= 1 << (place & 7)
    return bytes(seen)


def _unseen(seen: bytes, texts: Iterable[str]) -> float:
    places = _places(texts)
    new = sum(count for place, count in places.items() if not seen[place >> 3] >> (place & 7) & 1)
    return round(new / max(1, sum(places.values())), 4)
