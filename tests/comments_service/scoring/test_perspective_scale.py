"""Is the translation to Perspective's scale what its table says, rising, and made with the model that ships?"""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from classifier import LABELS, load
from comments_service.scoring.perspective_scale import table, translated

SCORE = st.floats(0, 1)


def test_the_table_is_of_the_model_that_ships() -> None:
    assert table()["model"] == load().digest, "run `python -m benchmarks.perspective_scale --write`"


def test_every_table_rises_from_nought_to_one_on_both_scales() -> None:
    assert set(table()["labels"]) <= set(LABELS)
    for knots in table()["labels"].values():
        own, theirs = knots["own"], knots["perspective"]
        assert (own[0], own[-1], theirs[0], theirs[-1]) == (0, 1, 0, 1)
        assert all(a < b for a, b in pairwise(own))
        assert all(a <= b for a, b in pairwise(theirs))
        assert [translated("toxic", score) for score in own] == [round(score, 4) for score in theirs]


@given(SCORE, SCORE)
def test_what_is_worse_is_not_told_as_better(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= translated("toxic", low) <= translated("toxic", high) <= 1


@given(SCORE)
def test_a_label_without_recorded_scores_is_told_as_it_is(score: float) -> None:
    assert translated("spam", score) == score
