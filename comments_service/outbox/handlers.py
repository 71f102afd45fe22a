"""Who does which kind of promised work. The handlers themselves are handed in from above; this knows none of them."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from comments_service.outbox.backoff import jittered
from comments_service.outbox.claim import Claimed


def _nobody_to_tell(_row: Claimed, _error: str) -> None:
    """For work whose failure concerns nobody beyond those who watch parked rows."""


@dataclass(frozen=True)
class Handler:
    """Does the work of one kind.

    `handle` gets rows under lease, all in one call, and calls `claim.finish` for each in the transaction of its
    effect. What it raises fails every row that is not finished. `batch` is the most rows it takes at once, `slice_s`
    the seconds after which other kinds get their turn, beyond the half of the time limit that every kind has.
    `parked` is called, perhaps twice, with a row that is given up, and why. `tries` is how often a row is tried (None:
    as often as `COMMENTS_MAX_TRIES` says), `wait` the seconds until the next try, by the number of those so far.
    """

    handle: Callable[[list[Claimed]], None]
    batch: int
    parked: Callable[[Claimed, str], None] = _nobody_to_tell
    slice_s: float = math.inf
    tries: int | None = None
    wait: Callable[[int], float] = jittered


Handlers = Mapping[str, Handler]
