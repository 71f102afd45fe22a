"""With few decisions a correction goes no further than costs nothing that is known to be right.

The gate's bounds allow a site of many decisions to pay a little of what the base knows for what the site wants. Ten
decisions are ten anecdotes: they may teach, but not make anything worse. So of the fitted correction the largest share
is taken under which no figure of the clear cases is worse than the base's. Here: that share. Not here: the gate.
"""

from __future__ import annotations

from collections.abc import Callable

from classifier.training.checks import Scoring, frozen_figures, functional_figures

FEW = 50  # decisions; from here on the gate's bounds alone hold
SHARES = (1.0, 0.5, 0.25, 0.125, 0.0)  # of the correction's weights; at nought the model is the base

_MISTAKES = ("benign_flagged", "spam_missed", "abuse_missed")


def cautious_share(base: Scoring, corrected: Callable[[float], Scoring]) -> float:
    """The largest of SHARES at which the clear cases are judged as well as by `base`.

    `corrected` gives the scoring under a share of the correction.
    """
    bound = _mistakes(base)
    for share in SHARES[:-1]:
        if all(found <= most for found, most in zip(_mistakes(corrected(share)), bound, strict=True)):
            return share
    return SHARES[-1]


def _mistakes(score: Scoring) -> list[float]:
    """Shares of clear cases on the wrong side, and the functional tests that fail."""
    frozen = frozen_figures(score)
    abilities = functional_figures(score).values()
    failed = sum(figure["cases"] - figure["passed"] for figure in abilities)
    return [*(frozen[name] for name in _MISTAKES), failed]
