"""A calibration table never falls, stays inside 0..1, and brings scores near to what was observed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.calibration import table
from classifier.training.calibrate import calibrate


def drawn(seed: int, rows: int, noise: float) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    targets = (random.random(rows) < 0.4).astype(np.float64)
    return 3 * (targets - 0.5) + random.normal(0, noise, rows), targets


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(40, 600), st.floats(0.2, 6), st.floats(0.01, 0.5))
def test_a_curve_never_falls(seed: int, rows: int, noise: float, rate: float) -> None:
    logits, targets = drawn(seed, rows, noise)
    curve = calibrate(logits, targets, np.ones(rows), np.full(rows, "one"), rate)
    bent = curve.bent(np.linspace(-60, 60, 997))
    assert (np.diff(bent) >= 0).all()
    assert table(curve.as_json()).as_json() == curve.as_json()


def test_probabilities_match_the_assumed_rate() -> None:
    logits, targets = drawn(3, 20_000, 1.5)
    curve = calibrate(logits, targets, np.ones(len(logits)), np.full(len(logits), "one"), 0.1)
    given = 1 / (1 + np.exp(-curve.bent(logits)))
    weights = np.where(targets == 1, 0.1 / targets.mean(), 0.9 / (1 - targets.mean()))
    for low, high in ((0.0, 0.1), (0.1, 0.4), (0.4, 1.0)):
        inside = (given >= low) & (given < high)
        assert np.average(given[inside], weights=weights[inside]) == pytest.approx(
            np.average(targets[inside], weights=weights[inside]), abs=0.05
        )


def test_a_source_s_own_rate_does_not_shift_the_curve() -> None:
    logits, targets = drawn(5, 8000, 1.0)
    sources = np.array(["mostly-toxic"] * 4000 + ["mostly-fine"] * 4000)
    keep = np.ones(8000, dtype=bool)
    keep[:4000] = (targets[:4000] == 1) | (np.arange(4000) % 10 == 0)
    even = calibrate(logits, targets, np.ones(8000), np.full(8000, "x"), 0.2).bent(np.array([0.0]))
    uneven = calibrate(logits[keep], targets[keep], np.ones(int(keep.sum())), sources[keep], 0.2).bent(np.array([0.0]))
    assert uneven[0] == pytest.approx(even[0], abs=0.5)


@pytest.mark.parametrize(
    "plain",
    [
        {"logits": [0.0], "calibrated": [0.0]},
        {"logits": [0.0, 0.0], "calibrated": [0.0, 1.0]},
        {"logits": [0.0, 1.0], "calibrated": [1.0, 0.0]},
        {"logits": [0.0, float("nan")], "calibrated": [0.0, 1.0]},
        {"logits": [0.0, 1.0], "calibrated": [0.0]},
    ],
)
def test_a_table_that_is_none_is_refused(plain: dict[str, list[float]]) -> None:
    with pytest.raises(ValueError, match="table"):
        table(plain)
