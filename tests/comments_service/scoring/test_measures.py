"""Do the figures of agreement mean what they are called?"""

import pytest

from comments_service.scoring.measures import agreement


def test_nothing_to_compare_gives_nothing() -> None:
    assert agreement([]) is None


def test_scores_that_order_everything_rightly() -> None:
    found = agreement([(0.1, 0.0, 1.0), (0.2, 0.0, 1.0), (0.8, 1.0, 1.0)])
    assert found is not None
    assert (found.auc, found.decisions, found.removed) == (1.0, 3, 1)


def test_ties_count_half_and_weights_count() -> None:
    found = agreement([(0.5, 0.0, 1.0), (0.5, 1.0, 1.0)])
    assert found is not None
    assert found.auc == 0.5
    heavy = agreement([(0.5, 1.0, 3.0), (0.9, 1.0, 1.0), (0.7, 0.0, 2.0)])
    assert heavy is not None
    assert heavy.auc == pytest.approx(1 / 4)


def test_one_kind_of_decision_has_no_order() -> None:
    found = agreement([(0.3, 0.0, 1.0), (0.2, 0.0, 1.0)])
    assert found is not None
    assert found.auc is None


def test_calibration_and_loss_by_hand() -> None:
    found = agreement([(0.25, 0.0, 1.0)] * 3 + [(0.25, 1.0, 1.0)])
    assert found is not None
    assert found.calibration_error == 0.0
    assert found.log_loss == pytest.approx(0.5623, abs=1e-4)
    wrong = agreement([(1.0, 0.0, 1.0)])
    assert wrong is not None
    assert wrong.calibration_error == 1.0
    assert wrong.log_loss < 10, "one certain mistake does not cost infinitely much"
