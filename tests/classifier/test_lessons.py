"""What a site's examples teach the fit, and what it makes of them, without the gate."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from classifier import LABELS, Submission, load
from classifier.training.anchors import anchors_of
from classifier.training.basis import Basis, basis_of
from classifier.training.correct import Anchors, Fitted, fit_correction
from classifier.training.examples import Example
from classifier.training.lessons import lessons_of
from tests.classifier.written_site import FINE, Decided, decisions

BASE = load()
SPAM, TOXIC, THREAT = LABELS.index("spam"), LABELS.index("toxic"), LABELS.index("threat")


@pytest.fixture(scope="module")
def anchors() -> Anchors:
    return anchors_of(BASE)


def examples(decided: list[Decided]) -> list[Example]:
    return [Example(Submission(one.text), one.labels, 60.0 * one.minute) for one in decided]


def learnt(decided: list[Decided], anchors: Anchors) -> Fitted:
    found = examples(decided)
    lessons = lessons_of(found)
    basis = basis_of(BASE, [example.submission for example in found])
    return fit_correction(basis, lessons.targets, lessons.weights, anchors)


def of(kind: str) -> Basis:
    return basis_of(BASE, [Submission(one.text) for one in decisions(300) if one.kind == kind])


def test_an_approval_implies_that_no_kind_of_toxicity_was_a_reason() -> None:
    approved, rejected = examples(decisions(2))
    said = [replace(approved, labels=FINE), replace(rejected, labels={"toxic": 1.0})]
    taught = lessons_of(said)
    assert (taught.targets[0, THREAT], taught.weights[0, THREAT]) == (0.0, 0.5 * taught.weights[0, TOXIC])
    assert taught.weights[1, THREAT] == 0
    assert np.isnan(taught.said[:, THREAT]).all()


def test_repeated_spam_counts_once(anchors: Anchors) -> None:
    decided = decisions(80)
    wave = next(one for one in decided if one.kind == "betting")
    flood = [*decided, *(replace(wave, minute=100 + number) for number in range(300))]
    few, many = (learnt(some, anchors).scores(of("calm"))[:, SPAM].mean() for some in (decided, flood))
    assert many < few + 0.03


def test_equal_decisions_give_equal_weights(anchors: Anchors) -> None:
    one, two = (learnt(decisions(60), anchors) for _ in range(2))
    assert (one.grams == two.grams).all()
    assert (one.intercepts == two.intercepts).all()


def test_what_nobody_spoke_of_stays_as_it_is(anchors: Anchors) -> None:
    fitted = learnt([replace(one, labels={"spam": 1.0}) for one in decisions(40)], anchors)
    assert not fitted.grams[:, TOXIC].any()
    assert (fitted.intercepts[TOXIC], fitted.slopes[TOXIC]) == (0, 0)


def test_a_site_that_removes_nothing_unlearns_clear_abuse_less_for_the_anchors(anchors: Anchors) -> None:
    calm = [replace(one, labels=FINE) for one in decisions(400) if one.kind in ("calm", "swearing")]
    found = examples(calm)
    lessons, basis = lessons_of(found), basis_of(BASE, [example.submission for example in found])
    held = fit_correction(basis, lessons.targets, lessons.weights, anchors)
    loose = fit_correction(basis, lessons.targets, lessons.weights)
    abuse = anchors.targets[:, TOXIC] > 0.8
    clear = [fitted.scores(anchors.basis)[abuse, TOXIC].mean() for fitted in (held, loose)]
    assert clear[0] > clear[1] + 0.03
    assert clear[0] > 0.7
