"""Is the translation to Perspective's scale rising, of the model that ships, and a site's own where it made one?"""

import os
import random
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier import LABELS as MODELS_LABELS
from classifier import load
from comments_service.scoring.linking import FEWEST, Knots, linked
from comments_service.scoring.perspective_scale import LABELS, Scale, keep_scale, place_of, scale_of

SCORE = st.floats(0, 1)
SHIPPED = scale_of(Path("nowhere"), "news")


def rises(knots: Knots) -> bool:
    strictly = all(low < high for low, high in pairwise(knots.own))
    return strictly and all(low <= high for low, high in pairwise(knots.theirs))


def test_the_table_is_of_the_model_that_ships() -> None:
    assert SHIPPED.model == load().digest, "run `python -m benchmarks.perspective_scale --write`"
    assert set(SHIPPED.labels) <= set(LABELS.values()) == set(MODELS_LABELS)


def test_every_table_rises_from_nought_to_one_on_both_scales() -> None:
    for label, knots in SHIPPED.labels.items():
        assert (knots.own[0], knots.own[-1], knots.theirs[0], knots.theirs[-1]) == (0, 1, 0, 1)
        assert rises(knots)
        assert [SHIPPED.told(label, score) for score in knots.own] == [round(score, 4) for score in knots.theirs]


@given(SCORE, SCORE)
def test_what_is_worse_is_not_told_as_better(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= SHIPPED.told("toxic", low) <= SHIPPED.told("toxic", high) <= 1


@given(SCORE)
def test_a_label_without_recorded_scores_is_told_as_it_is(score: float) -> None:
    assert SHIPPED.told("spam", score) == score


def test_as_many_comments_lie_above_a_threshold_on_either_scale() -> None:
    chance = random.Random(5)
    own = [chance.betavariate(1, 9) for _ in range(4000)]
    theirs = [chance.betavariate(2, 4) for _ in range(4000)]
    scale = Scale({"toxic": linked(own, theirs)}, "m", "", "")
    for threshold in (0.2, 0.4, 0.6, 0.7):
        there = sum(score >= threshold for score in theirs)
        assert sum(scale.told("toxic", score) >= threshold for score in own) == pytest.approx(there, rel=0.15)


@given(st.lists(st.tuples(SCORE, SCORE), min_size=FEWEST, max_size=FEWEST) | st.just([(0.0, 1.0)] * FEWEST))
def test_whatever_was_recorded_makes_a_table(pairs: list[tuple[float, float]]) -> None:
    own, theirs = zip(*pairs, strict=True)
    knots = linked(own, theirs)
    assert rises(knots)
    told = [Scale({"toxic": knots}, "m", "", "").told("toxic", score) for score in sorted(own)]
    assert told == sorted(told)


def test_a_sites_own_table_goes_before_the_one_that_ships(tmp_path: Path) -> None:
    assert scale_of(tmp_path, "news") == SHIPPED
    for place, middle in enumerate((0.25, 0.75)):
        keep_scale(place_of(tmp_path, "news"), Scale({"spam": Knots((0, 0.5, 1), (0, middle, 1))}, "m", "", ""))
        os.utime(place_of(tmp_path, "news"), (place, place))
        assert scale_of(tmp_path, "news").told("spam", 0.5) == middle
    assert scale_of(tmp_path, "other") == SHIPPED
