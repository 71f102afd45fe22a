"""The model of the moment: loads it when first asked, watches the pointer and swaps safely.

A model that cannot be loaded never replaces one that works; with none at all, asking raises ScorerUnavailable.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from classifier import ArtifactError, Model, Submission, load
from classifier.registry import Registry
from comments_service.scoring.protocol import Scored, ScorerUnavailable, Text

_LOOK_EVERY_S = 2.0
_CANARY = Submission("A short text that every working model can score.")

log = logging.getLogger(__name__)


class LiveModel:
    """A Scorer over the artifact that `model_dir`'s pointer names, or over the one that ships (None)."""

    def __init__(self, model_dir: Path | None) -> None:
        self._model_dir = model_dir
        self._model: Model | None = None
        self._path: Path | None = None
        self._looked_at = float("-inf")
        self._trouble = "none was loaded yet"

    @property
    def digest(self) -> str | None:
        """Digest of the loaded model; None while there is none."""
        return self._model.digest if self._model else None

    def score(self, texts: Sequence[Text]) -> list[Scored]:
        model = self._fresh()
        predictions = model.predict([Submission(t.text, t.name, t.website, t.title, t.parent) for t in texts])
        return [
            Scored(
                scores={label: round(float(value), 4) for label, value in p.scores.items()},
                language=p.language,
                reasons=[asdict(reason) for reason in p.reasons],
                model=p.model,
            )
            for p in predictions
        ]

    def refresh(self) -> None:
        """Look at the pointer now and load what it names, if that is new and works."""
        self._looked_at = time.monotonic()
        try:
            path = Registry(self._model_dir).current() if self._model_dir else None
            if self._model is not None and path == self._path:
                return
            candidate = load(path)
            candidate.predict([_CANARY])
        except (ArtifactError, OSError, ValueError) as error:
            self._trouble = f"{error} (`comments-service doctor` checks it)"
            log.warning("model_not_loaded", extra={"trouble": str(error), "kept": self.digest})
            return
        self._model, self._path = candidate, path

    def _fresh(self) -> Model:
        if time.monotonic() - self._looked_at >= _LOOK_EVERY_S:
            self.refresh()
        if self._model is None:
            raise ScorerUnavailable(self._trouble)
        return self._model
