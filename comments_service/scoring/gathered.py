"""One model asked by many threads: those who come while it is busy are answered together, as one batch.

Nobody waits for a batch to fill; and the model, which swaps itself for a newer one, never sees two threads at once.
"""

import threading
from collections import deque
from collections.abc import Sequence

from comments_service.scoring.live_model import LiveModel
from comments_service.scoring.protocol import Scored, Text

MOST = 64  # texts in one call: beyond, a batch gets longer and no quicker


class _Asked:
    """One text that waits. Whoever serves it fills in what became of it."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.scored: Scored | None = None
        self.error: Exception | None = None

    @property
    def done(self) -> bool:
        return self.scored is not None or self.error is not None

    def answer(self) -> Scored:
        if self.scored is None:
            raise self.error or RuntimeError("a text was served without an answer")
        return self.scored


class Gathered:
    """A LiveModel for a process with many threads."""

    def __init__(self, live: LiveModel) -> None:
        self._live = live
        self._model = threading.Lock()
        self.waiting: deque[_Asked] = deque()  # its extend and popleft are atomic

    def score(self, texts: Sequence[Text]) -> list[Scored]:
        """What the model says of each text, in order. Raises ScorerUnavailable."""
        asked = [_Asked(text) for text in texts]
        self.waiting.extend(asked)
        with self._model:
            while not all(one.done for one in asked):  # somebody before may have served some
                self._serve()
        return [one.answer() for one in asked]

    def explain(self, text: Text) -> Scored:
        """The same with the reasons for every label, by itself. Raises ScorerUnavailable."""
        with self._model:
            return self._live.explain(text)

    def learned(self, site: str) -> dict[str, frozenset[str]]:
        """By label, the languages that the site's model has learned. Raises ScorerUnavailable."""
        with self._model:
            return self._live.learned(site)

    def _serve(self) -> None:
        """Score what waits now, the first come first. Only called while holding the model."""
        batch = [self.waiting.popleft() for _ in range(min(MOST, len(self.waiting)))]
        try:
            scored = self._live.score([asked.text for asked in batch])
        except Exception as error:  # each of them is told, in its own thread
            for asked in batch:
                asked.error = error
            return
        for asked, one in zip(batch, scored, strict=True):
            asked.scored = one
