"""Two scales linked by equal shares: which score here as many comments reach as which score there. Plain arithmetic.

Method: equipercentile linking (Kolen, Brennan 2014, Test Equating, Scaling, and Linking). Not a regression: the mean of
what Perspective gave to comments of one score here is drawn to the middle, and hardly ever reaches a threshold of 0.9.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

# Dense where thresholds are chosen.
LEVELS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.965, 0.98, 0.985, 0.99, 0.994, 0.997)
BEYOND = 8  # comments that must lie beyond a place on either side of it: of fewer nobody can tell
FEWEST = 200  # comments; with fewer not even 0.95 has a place


@dataclass(frozen=True, slots=True)
class Knots:
    """Places on two scales that belong together, rising from 0 to 1 on both, on the own one strictly."""

    own: tuple[float, ...]
    theirs: tuple[float, ...]


def linked(own: Sequence[float], theirs: Sequence[float]) -> Knots:
    """Link scores 0..1 of the same comments, FEWEST at least. Order does not matter, only how many lie where."""
    here, there = sorted(own), sorted(theirs)
    levels = [level for level in LEVELS if min(level, 1 - level) * len(here) >= BEYOND]
    ours = [_quantile(here, level) for level in levels]
    highest = list(accumulate((_quantile(there, level) for level in levels), max))
    places = [(0.0, 0.0)]
    for place in zip(ours, highest, strict=True):
        if places[-1][0] < place[0] < 1:  # or a score would have two translations
            places.append(place)
    return Knots((*(place for place, _ in places), 1.0), (*(place for _, place in places), 1.0))


def _quantile(ordered: Sequence[float], level: float) -> float:
    place = level * (len(ordered) - 1)
    below = int(place)
    share = place - below
    return round(ordered[below] * (1 - share) + ordered[min(below + 1, len(ordered) - 1)] * share, 4)
