"""Reasons point at what the author wrote, and add up to the score they explain."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import Model, Submission, load
from classifier.pipeline import read_submissions
from classifier.prediction import LABELS
from classifier.reasons import Weighed, character_weights


@pytest.fixture(scope="module")
def model() -> Model:
    return load()


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("I read it. You are an idiot, sorry.", "idiot"),
        ("I read it. You are an i d i o t sorry.", "i d i o t"),
        ("I read it. You are an 1d10t sorry.", "1d10t"),
        ("I read it. You are an idіоt sorry.", "idіоt"),
        ("I read it. You are an i\u200bd\u200bi\u200bo\u200bt sorry.", "i\u200bd\u200bi\u200bo\u200bt"),
        ("Ich finde, das ist gut. 𝓘𝓭𝓲𝓸𝓽 𝓶𝓸𝓻𝓸𝓷!", "𝓘𝓭𝓲𝓸𝓽"),
        ("👩\u200d👧 Ｙｏｕ ａｒｅ ａｎ ｉｄｉｏｔ", "ｉｄｉｏｔ"),
        ("We like this. F.U.C.K you all", "F.U.C.K"),
    ],
)
def test_the_strongest_reason_covers_the_evasion(model: Model, text: str, piece: str) -> None:
    reasons = [r for r in model.explain(Submission(text)).reasons if r.label == "toxic" and not r.signal]
    best = max(reasons, key=lambda reason: reason.weight)
    begin = text.index(piece)
    assert best.begin <= begin
    assert best.end >= begin + len(piece) - 1
    assert best.weight > 0


def test_reasons_beyond_the_cut_point_at_the_end_of_the_text(model: Model) -> None:
    text = "Nothing to see here. " * 800 + "You are a stupid idiot."
    found = [text[r.begin : r.end] for r in model.explain(Submission(text)).reasons if r.label == "insult"]
    assert any("idiot" in piece for piece in found)


def test_a_website_is_a_reason_beside_the_text(model: Model) -> None:
    submission = Submission("Nice post.", name="Cheap Casino", website="http://best-casino-bonus77.example")
    beside = [r for r in model.explain(submission).reasons if r.label == "spam" and r.signal]
    assert {(r.begin, r.end) for r in beside} == {(0, 0)}
    assert any(r.weight > 0 for r in beside)


def test_predictions_carry_reasons_only_where_a_score_stands_out(model: Model) -> None:
    calm, rude = model.predict([Submission("Who counted the votes?"), Submission("Shut up, you stupid idiot.")])
    assert not [r for r in calm.reasons if calm.scores[r.label] < 0.25]
    assert {r.label for r in rude.reasons} >= {"toxic", "insult"}


def test_naming_a_website_never_moves_toxicity(model: Model) -> None:
    plain, named = (
        Submission("A calm remark."),
        Submission("A calm remark.", name="Dick Fuck", website="http://fuck.example"),
    )
    first, second = model.predict([plain, named])
    assert abs(first.scores["toxic"] - second.scores["toxic"]) < 0.25


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_characters_add_up_to_the_text_s_part_of_the_logit(text: str) -> None:
    model = load_once()
    reading = read_submissions([Submission(text)], model.buckets)
    beside_text = reading.signals[0].astype(np.float64) @ model.signal_weights + model.intercepts
    for column in range(len(LABELS)):
        weighed = Weighed(reading.texts[0], 0, 0, model.grams_of(reading, 0), [], reading.signals[0])
        part = character_weights(weighed, model.gram_weights[:, column]).sum() if reading.texts[0].text else 0.0
        whole = model.logits([Submission(text)])[0, column]
        if reading.texts[0].text:
            assert part + beside_text[column] == pytest.approx(whole, abs=1e-3)


_LOADED: list[Model] = []


def load_once() -> Model:
    if not _LOADED:
        _LOADED.append(load())
    return _LOADED[0]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.text(max_size=30), st.text(max_size=30))
def test_any_submission_gets_scores_and_spans_inside_its_text(text: str, name: str, website: str) -> None:
    prediction = load_once().explain(Submission(text, name, website))
    assert set(prediction.scores) == set(LABELS)
    assert all(0 <= score <= 1 for score in prediction.scores.values())
    for reason in prediction.reasons:
        assert 0 <= reason.begin <= reason.end <= len(text)
        assert (reason.begin == reason.end == 0) == bool(reason.signal)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=5))
def test_a_comment_scores_the_same_alone_and_in_a_batch(texts: list[str]) -> None:
    model = load_once()
    together = model.predict([Submission(text) for text in texts])
    for text, prediction in zip(texts, together, strict=True):
        alone = model.predict([Submission(text)])[0]
        assert alone.scores == pytest.approx(prediction.scores, abs=2e-4)
        assert alone.language == prediction.language
