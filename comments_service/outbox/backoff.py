"""How long to wait before the next try: exponential with full jitter, bounded."""

import random
from collections.abc import Callable

FIRST_S = 1.0
LONGEST_S = 300.0


def backoff(tries: int, *, first_s: float = FIRST_S, longest_s: float = LONGEST_S) -> float:
    """The longest wait in seconds after try number `tries` (1 = the first): doubles each time, up to `longest_s`."""
    doublings = min(max(tries, 1) - 1, 30)  # beyond 30 the bound has long been reached, and floats would overflow
    return min(longest_s, first_s * 2.0**doublings)


def jittered(tries: int, *, spread: Callable[[float, float], float] = random.uniform) -> float:
    """A wait somewhere in the upper half of `backoff`, so that what failed together does not come back together.

    Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015 ("equal jitter").
    """
    longest = backoff(tries)
    return spread(longest / 2, longest)
