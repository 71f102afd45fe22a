"""What a model must be able to do for the service, in the service's own words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol


class ScorerUnavailable(Exception):
    """No model can be asked now; the message says why and how to mend it."""


@dataclass(frozen=True)
class Text:
    """What a model gets to see of a comment, never an address; `site` says whose model is to look."""

    text: str
    name: str = ""
    website: str = ""
    title: str = ""
    parent: str = ""
    site: str = ""


@dataclass(frozen=True)
class Scored:
    """Calibrated scores 0..1 by label, the language found, reasons as plain dicts, and the model's digest.

    `unsure` names the labels of which the model has learned nothing in that language.
    """

    scores: dict[str, float]
    language: str
    reasons: list[dict[str, Any]]
    model: str
    unsure: tuple[str, ...] = ()


class Scorer(Protocol):
    """Scores many texts in one call."""

    def score(self, texts: Sequence[Text]) -> list[Scored]:
        """One `Scored` for each text, in order. Raises ScorerUnavailable."""
        ...


class Shadow(Protocol):
    """Scores texts with models on trial, whose scores decide nothing."""

    def shadow(self, texts: Sequence[Text]) -> list[Scored | None]:
        """One `Scored` for each text, in order; None where no model is on trial. Raises ScorerUnavailable."""
        ...
