"""Do the thresholds keep what they promise, and is too little evidence said to be too little?"""

from functools import cache

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from comments_service.training_data.bounds import decisions_needed, equal_decisions, share, weighted_rate
from comments_service.training_data.judgements import Judgements
from comments_service.training_data.promises import NEVER, Promise, Tried, publishing, rejected, rejecting, workload

RNG = np.random.Generator
Floats = NDArray[np.float64]


def scores(rng: RNG, comments: int) -> tuple[Floats, Floats]:
    """Spam and toxicity as they come: most comments are fine, some are clearly not, a few lie between."""

    def one(bad: float) -> Floats:
        fine = rng.beta(0.5, 8, comments)
        return np.where(rng.random(comments) < bad, rng.beta(5, 0.7, comments), fine)

    return one(0.12), one(0.05)


def site(rng: RNG, comments: int, audit_rate: float, hold: float = 0.5, power: float = 2.0) -> Judgements:
    """A site whose comments are removed with the probability risk ** power, as the machine showed them to people."""
    spam, toxic = scores(rng, comments)
    risk = np.maximum(spam, toxic)
    removed = rng.random(comments) < risk**power
    drawn = rng.random(comments) < audit_rate
    weight = np.where(risk >= hold, 1.0, np.where(drawn, 1 / max(audit_rate, 1e-9), 0.0))
    flagged = rng.random(comments) < 0.03
    return Judgements(spam, toxic, flagged, weight, removed & (weight > 0), int(drawn.sum()), 0)


@cache
def _population(power: float) -> tuple[Floats, Floats, Floats]:
    spam, toxic = scores(np.random.default_rng(99), 200_000)
    return spam, toxic, np.maximum(spam, toxic) ** power


def published_wrongly(found: Tried, power: float) -> float:
    """The true share, known here as the site is made up."""
    spam, toxic, removed = _population(power)
    return float(removed[(spam < found.spam) & (toxic < found.toxic)].mean())


def rejected_wrongly(found: Tried, power: float) -> float:
    spam, toxic, removed = _population(power)
    known = Judgements(spam, toxic, np.zeros(0, bool), removed, np.zeros(0, bool), 0, 0)
    return float((1 - removed)[rejected(known, found.spam, found.toxic)].mean())


@pytest.mark.parametrize(("audit_rate", "limit", "power"), [(0.2, 1 / 100, 1.5), (0.1, 1 / 50, 2), (1.0, 1 / 200, 2)])
def test_a_promise_is_broken_less_often_than_one_time_in_twenty(audit_rate: float, limit: float, power: float) -> None:
    rng, runs = np.random.default_rng(5), 120
    found = [publishing(site(rng, 12_000, audit_rate, power=power), limit).kept for _ in range(runs)]
    kept = [one for one in found if one is not None]
    broken = sum(published_wrongly(one, power) > limit for one in kept)
    assert len(kept) > runs / 2, "a promise that can be kept is found most of the time"
    assert broken <= 0.05 * runs + 5  # two standard deviations of chance


def test_thresholds_for_rejecting_keep_their_promise_too() -> None:
    rng, runs, limit, power = np.random.default_rng(6), 120, 1 / 10, 1.0
    found = [rejecting(site(rng, 8000, 0.0, power=power), limit).kept for _ in range(runs)]
    kept = [one for one in found if one is not None]
    assert len(kept) > runs / 2
    assert sum(rejected_wrongly(one, power) > limit for one in kept) <= 0.05 * runs + 5


@pytest.mark.parametrize("limit", [1 / 20, 1 / 200])
def test_too_little_evidence_is_told_with_how_much_is_missing(limit: float) -> None:
    rng = np.random.default_rng(7)
    known = site(rng, 1000, 0.02)
    promise = publishing(known, limit / 4)
    assert promise.kept is None
    assert promise.missing > 0
    most = max(step.evidence for step in promise.tried)
    assert promise.missing == pytest.approx(decisions_needed(limit / 4, 0.95) - most, abs=1)


def test_evidence_against_a_promise_is_not_called_missing() -> None:
    rng = np.random.default_rng(8)
    known = site(rng, 20_000, 1.0, power=0.3)
    promise = publishing(known, 1 / 1000)
    assert (promise.kept, promise.missing) == (None, 0)


def test_nothing_decided_yet_promises_nothing() -> None:
    nothing = Judgements(*(np.zeros(0), np.zeros(0), np.zeros(0, bool), np.zeros(0), np.zeros(0, bool)), 0, 0)
    assert publishing(nothing, 0.01).kept is None
    assert rejecting(nothing, 0.01).kept is None
    assert workload(nothing, hold=(0.5, 0.5), reject=(NEVER, NEVER), audit_rate=0.02).human.upper == 1.0


@pytest.mark.parametrize("find", [publishing, rejecting])
def test_a_stricter_promise_never_decides_more(find: object) -> None:
    known = site(np.random.default_rng(9), 30_000, 1.0)
    promises: list[Promise] = [find(known, limit) for limit in (0.2, 0.1, 0.05, 0.01)]  # type: ignore[operator]
    parts = [promise.kept.part if promise.kept else 0.0 for promise in promises]
    assert parts[0] > 0
    assert parts == sorted(parts, reverse=True)


def test_workload_adds_up_and_falls_with_looser_thresholds() -> None:
    known = site(np.random.default_rng(10), 5000, 0.1)
    strict = workload(known, hold=(0.1, 0.1), reject=(NEVER, NEVER), audit_rate=0.0)
    loose = workload(known, hold=(0.6, 0.6), reject=(0.9, 0.9), audit_rate=0.0)
    audited = workload(known, hold=(0.6, 0.6), reject=(0.9, 0.9), audit_rate=0.5)
    assert strict.rejected == 0
    assert loose.human.estimate < strict.human.estimate
    assert loose.human.estimate + loose.published + loose.rejected == pytest.approx(1.0)
    assert audited.human.estimate == pytest.approx((1 + loose.human.estimate) / 2)


weights = st.lists(st.floats(1, 100), min_size=1, max_size=60)


@given(weights, st.data())
def test_a_rate_lies_within_its_bounds_and_another_mistake_raises_it(
    given_weights: list[float], data: st.DataObject
) -> None:
    weighed = np.array(given_weights)
    wrong = np.array(data.draw(st.lists(st.booleans(), min_size=len(weighed), max_size=len(weighed))))
    rate = weighted_rate(weighed, wrong, 0.95)
    assert 0 <= rate.lower <= rate.estimate + 1e-9
    assert rate.estimate <= rate.upper + 1e-9 or rate.upper == 1.0
    if not wrong.all():
        worse = wrong.copy()
        worse[int(np.flatnonzero(~wrong)[0])] = True
        assert weighted_rate(weighed, worse, 0.95).upper >= rate.upper - 1e-9
    assert 1 <= equal_decisions(weighed) <= len(weighed) + 1e-9


@pytest.mark.parametrize(("mistakes", "upper"), [(0, 2.996), (1, 4.744), (2, 6.296), (5, 10.513)])
def test_equal_weights_give_the_poisson_limits_of_the_tables(mistakes: int, upper: float) -> None:
    wrong = np.arange(1000) < mistakes
    assert weighted_rate(np.ones(1000), wrong, 0.95).upper * 1000 == pytest.approx(upper, abs=0.001)
    assert weighted_rate(np.full(1000, 7.0), wrong, 0.95).upper * 1000 == pytest.approx(upper, abs=0.001)


def test_the_bound_holds_where_all_mistakes_hide_among_the_audited() -> None:
    """A thousand seen of a thousand that were held, a hundred seen of five thousand that were published."""
    rng, covered, runs, true = np.random.default_rng(11), 0, 2000, 0.02 * 5000 / 6000
    weighed = np.concatenate((np.ones(1000), np.full(100, 50.0)))
    for _ in range(runs):
        wrong = np.concatenate((np.zeros(1000, bool), rng.random(100) < 0.02))
        covered += weighted_rate(weighed, wrong, 0.95).upper >= true
    assert covered >= 0.95 * runs - 20


@given(st.integers(0, 50), st.integers(1, 50))
@example(0, 7)
def test_a_share_lies_within_its_bounds(part: int, more: int) -> None:
    found = share(part, part + more, 0.95)
    assert 0 <= found.lower <= found.estimate <= found.upper <= 1
