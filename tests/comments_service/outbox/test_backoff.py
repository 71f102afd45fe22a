"""Do tries spread out, and never wait for ever?"""

from hypothesis import given
from hypothesis import strategies as st

from comments_service.outbox.backoff import PATIENT_TRIES, backoff, jittered, patient

TRIES = st.integers(min_value=-5, max_value=10_000)


@given(TRIES)
def test_each_wait_is_at_least_as_long_as_the_one_before_and_bounded(tries: int) -> None:
    assert 0 < backoff(tries) <= backoff(tries + 1) <= 300


@given(st.integers(min_value=1, max_value=9))
def test_it_doubles_until_the_bound(tries: int) -> None:
    assert backoff(tries, longest_s=1e9) == 2.0 ** (tries - 1)


@given(TRIES)
def test_the_wait_that_is_taken_lies_in_the_upper_half(tries: int) -> None:
    assert backoff(tries) / 2 <= jittered(tries) <= backoff(tries)


@given(TRIES)
def test_at_others_servers_a_greylist_is_waited_out_and_a_night_too(tries: int) -> None:
    assert 15 <= patient(tries) <= 14 * 3600
    waits = [patient(one) for one in range(1, PATIENT_TRIES)]
    assert waits == sorted(waits)
    assert waits[0] + waits[1] + waits[2] > 300, "a greylist lets in whoever comes back after five minutes"
    assert sum(waits) > 20 * 3600
