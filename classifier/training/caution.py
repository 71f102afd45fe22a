"""With few decisions a correction goes no further than costs nothing that is known to be right.

The gate's bounds allow a site of many decisions to pay a little of what the base knows for what the site wants. Ten
decisions are ten anecdotes: they may teach, but not make anything worse. So of the fitted correction the largest share
is taken under which no figure of the clear cases is worse than the base's. Here: that share. Not here: the gate.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from classifier.training.checks import Scoring, frozen_figures, functional_figures

FEW = 50  # decisions; from here on the gate's bounds alone hold
SHARES = (1.0, 0.5, 0.25, 0.125, 0.0)  # of the correction's weights; at nought the model is the base

_MISTAKES = ("benign_flagged", "spam_missed", "abuse_missed")


@dataclass(frozen=True, slots=True)
class Shares:
    """How much of a correction is kept: of its weights for `spam`, and of those for toxicity and its kinds."""

    spam: float
    toxic: float


def cautious_shares(base: Scoring, corrected: Callable[[Shares], Scoring]) -> Shares:
    """The largest of SHARES at which the clear cases are judged as well as by `base`; first of spam, then of the rest.

    `corrected` gives the scoring under shares of the correction. What was decided about adverts is not held back
    because too little is known about insults.
    """
    bound = _mistakes(base)

    def holds(shares: Shares) -> bool:
        return all(found <= most for found, most in zip(_mistakes(corrected(shares)), bound, strict=True))

    spam = next((share for share in SHARES if share == 0 or holds(Shares(share, 0.0))), 0.0)
    toxic = next((share for share in SHARES if share == 0 or holds(Shares(spam, share))), 0.0)
    return Shares(spam, toxic)


def _mistakes(score: Scoring) -> list[float]:
    """Shares of clear cases on the wrong side, and the functional tests that fail."""
    frozen = frozen_figures(score)
    abilities = functional_figures(score).values()
    failed = sum(figure["cases"] - figure["passed"] for figure in abilities)
    return [*(frozen[name] for name in _MISTAKES), failed]
