"""How long to wait before the next try: exponential with full jitter, bounded."""

import random
from collections.abc import Callable

FIRST_S = 1.0
LONGEST_S = 300.0
# For what other people's servers must take: a server that is being restarted, upgraded, or that wants to see patience
# (greylisting) takes it a little later, one that is down over night in the morning.
PATIENT_S = (15.0, 60.0, 300.0, 1_800.0, 7_200.0, 21_600.0, 43_200.0)
PATIENT_TRIES = len(PATIENT_S) + 1  # spread over about a day


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


def patient(tries: int, *, spread: Callable[[float, float], float] = random.uniform) -> float:
    """The wait before the next try at somebody else's server: up to a tenth longer than PATIENT_S, never shorter."""
    wait = PATIENT_S[min(max(tries, 1), len(PATIENT_S)) - 1]
    return spread(wait, wait * 1.1)
