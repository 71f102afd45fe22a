"""Are many threads that ask one model at once answered together, each with its own answer or its own error?"""

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from comments_service.scoring import Scored, ScorerUnavailable, Text
from comments_service.scoring.gathered import MOST, Gathered
from comments_service.scoring.live_model import LiveModel
from tests.stacks.waiting import until


class SlowToBegin(LiveModel):
    """The model that ships, whose first call waits until the test lets it go."""

    def __init__(self) -> None:
        super().__init__(None)
        self.go, self.sizes = threading.Event(), list[int]()

    def score(self, texts: Sequence[Text]) -> list[Scored]:
        self.sizes.append(len(texts))
        self.go.wait(10)
        return super().score(texts)


def test_those_who_come_while_the_model_is_busy_share_a_call() -> None:
    live = SlowToBegin()
    model, answers = Gathered(live), dict[int, Scored]()

    def ask(number: int) -> None:
        answers[number] = model.score([Text("You stupid idiot" if number % 2 else "Thank you very much")])[0]

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(MOST + 10)]
    threads[0].start()
    until(lambda: bool(live.sizes), "the first call has begun", 10)
    for thread in threads[1:]:
        thread.start()
    until(lambda: len(model.waiting) == MOST + 9, "all others wait", 10)
    live.go.set()
    for thread in threads:
        thread.join(10)
    assert live.sizes == [1, MOST, 9]
    assert {number: answers[number].scores["toxic"] > 0.5 for number in answers} == {
        number: bool(number % 2) for number in range(MOST + 10)
    }


def test_no_texts_are_no_call_and_many_come_back_in_order() -> None:
    model = Gathered(LiveModel(None))
    assert model.score([]) == []
    texts = [Text(f"{'You stupid idiot' if number == 70 else 'Thank you'}, {number}") for number in range(MOST + 10)]
    scores = [one.scores["toxic"] for one in model.score(texts)]
    assert max(range(len(scores)), key=scores.__getitem__) == 70


def test_everybody_is_told_that_there_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "pointer.json").write_text('{"current": "gone", "previous": null}')
    model = Gathered(LiveModel(tmp_path))
    for ask in (lambda: model.score([Text("Hello")]), lambda: model.explain(Text("Hello")), lambda: model.learned("")):
        with pytest.raises(ScorerUnavailable, match="doctor"):
            ask()


def test_an_explanation_has_reasons_for_every_label() -> None:
    scored = Gathered(LiveModel(None)).explain(Text("You stupid idiot, buy pills at http://pills.example"))
    assert {reason["label"] for reason in scored.reasons} == set(scored.scores)
