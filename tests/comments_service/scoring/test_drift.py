"""Does a change show, does chance stay silent, and is too little evidence told as such?"""

import random

import pytest

from comments_service.scoring.drift import FEWEST, Row, as_json, drift_of, from_json, psi, reference_of

WORDS = [f"{first}{second}" for first in ("ferry", "harbour", "council", "budget") for second in "abcdefghij"]


def comments(count: int, seed: int, *, shift: float = 0.0, prefix: str = "") -> list[Row]:
    draw = random.Random(seed)
    return [
        (
            " ".join(prefix + draw.choice(WORDS) for _ in range(12)),
            {"spam": min(1.0, draw.betavariate(1, 8) + shift), "toxic": draw.betavariate(1, 20)},
        )
        for _ in range(count)
    ]


def test_the_same_kind_of_comments_raises_no_alarm_however_few() -> None:
    for seed in range(40):
        reference = reference_of(comments(FEWEST + 10 * seed, seed))
        assert reference is not None
        found = drift_of(reference, comments(FEWEST + 3 * seed, 1000 + seed))
        assert found is not None
        assert found.alarms == [], seed


def test_scores_that_moved_are_named_by_label() -> None:
    reference = reference_of(comments(400, 1))
    assert reference is not None
    found = drift_of(reference, comments(400, 2, shift=0.2))
    assert found is not None
    assert found.alarms == ["spam"]
    assert found.labels["toxic"] < found.bound < found.labels["spam"]


def test_words_that_nobody_used_before_are_told() -> None:
    reference = reference_of(comments(400, 1))
    assert reference is not None
    found = drift_of(reference, comments(200, 2, prefix="neu"))
    assert found is not None
    assert found.alarms == ["words"]
    assert found.unseen > 0.9
    assert found.usual_unseen < 0.05


def test_too_few_comments_say_nothing() -> None:
    assert reference_of(comments(FEWEST - 1, 1)) is None
    reference = reference_of(comments(FEWEST, 1))
    assert reference is not None
    assert drift_of(reference, comments(FEWEST - 1, 2)) is None


def test_a_reference_comes_back_from_json_as_it_was() -> None:
    reference = reference_of(comments(150, 1))
    assert reference is not None
    assert from_json(as_json(reference)) == reference


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [([50, 50], [50, 50], 0.0), ([90, 10], [50, 50], 0.8531), ([100, 0], [0, 100], 10.5016)],
)
def test_the_index_by_hand(before: list[int], after: list[int], expected: float) -> None:
    assert psi(before, after) == pytest.approx(expected, abs=1e-4)
