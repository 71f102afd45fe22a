"""Does the model of the moment load once, tell its name, and say clearly when there is none?"""

from pathlib import Path

import pytest

from comments_service.scoring import ScorerUnavailable, Text
from comments_service.scoring.live_model import LiveModel


@pytest.fixture(scope="module")
def shipped() -> LiveModel:
    return LiveModel(None)


def test_the_model_that_ships_scores_many_at_once_in_their_order(shipped: LiveModel) -> None:
    texts = [Text("Thank you for the thorough article."), Text("CHEAP PILLS!!! buy now http://pills.example", "Pills")]
    good, spam = shipped.score(texts)
    assert good.model == spam.model == shipped.digest
    assert len(good.model) == 64
    assert 0 <= good.scores["spam"] < spam.scores["spam"] <= 1
    assert "toxic" in good.scores
    assert shipped.score(texts[::-1])[1].scores == good.scores, "no text's score depends on its neighbours"


def test_reasons_lie_within_the_text(shipped: LiveModel) -> None:
    text = "Buy cheap pills now at http://pills.example, you idiot"
    (scored,) = shipped.score([Text(text)])
    for reason in scored.reasons:
        assert 0 <= reason["begin"] <= reason["end"] <= len(text)
        assert isinstance(reason["label"], str)


@pytest.mark.parametrize("text", ["", " ", "\x00", "\ud800", "😀" * 5000, "a" * 10_000, "\n" * 10_000])
def test_no_text_is_too_odd_to_be_scored(shipped: LiveModel, text: str) -> None:
    (scored,) = shipped.score([Text(text, text[:80])])
    assert all(0 <= score <= 1 for score in scored.scores.values())


def test_without_a_model_asking_says_why(tmp_path: Path) -> None:
    (tmp_path / "pointer.json").write_text('{"current": "gone", "previous": null}')
    live = LiveModel(tmp_path)
    assert live.digest is None
    with pytest.raises(ScorerUnavailable, match="doctor"):
        live.score([Text("Hello")])
