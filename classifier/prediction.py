"""What goes into the classifier and what comes out. Plain values only; no NumPy, no files."""

from __future__ import annotations

from dataclasses import dataclass, field

LABELS = ("spam", "toxic", "severe_toxic", "obscene", "threat", "insult", "identity_hate", "sexual_explicit")


@dataclass(frozen=True, slots=True)
class Submission:
    """A comment as its author sent it. Only `text` is needed; the rest may be empty."""

    text: str
    name: str = ""
    website: str = ""
    title: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece that pushed one label's score: up when `weight` (in logits) is positive, down when negative.

    `begin` and `end` count characters of the submitted text. Where both are 0 the reason lies beside the text and
    `signal` names it.
    """

    label: str
    begin: int
    end: int
    weight: float
    signal: str = ""

    def as_json(self) -> dict[str, object]:
        plain: dict[str, object] = {
            "label": self.label,
            "begin": self.begin,
            "end": self.end,
            "weight": self.weight,
        }
        return plain | ({"signal": self.signal} if self.signal else {})


@dataclass(frozen=True, slots=True)
class Prediction:
    """Scores are calibrated probabilities by label; `language` is an ISO 639-1 code or "unknown".

    `unsure` names the labels of which the model has learned nothing in that language: their scores are guesses.
    """

    scores: dict[str, float]
    language: str
    reasons: list[Reason] = field(default_factory=list)
    model: str = ""
    unsure: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        return {
            "scores": self.scores,
            "language": self.language,
            "reasons": [reason.as_json() for reason in self.reasons],
            "model": self.model,
            "unsure": list(self.unsure),
        }
