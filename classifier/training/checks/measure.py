"""What all checks share: how a model is asked, and two figures. Not here: any text, and what a figure must be."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from classifier.prediction import LABELS, Submission

Scores = NDArray[np.float64]
Scoring = Callable[[Sequence[Submission]], Scores]  # calibrated probabilities, rows x LABELS

THRESHOLD = 0.5  # calibrated scores: from here on a label is likelier than not


def asked(score: Scoring, texts: Sequence[str], label: str) -> Scores:
    """The scores of bare texts for one label."""
    return score([Submission(text) for text in texts])[:, LABELS.index(label)]


def area(below: Scores, above: Scores) -> float:
    """Area under the ROC curve: how often a score of `above` beats one of `below`; a tie counts half."""
    ranked = np.sort(below)
    beaten = np.searchsorted(ranked, above, "left") + np.searchsorted(ranked, above, "right")
    return float(beaten.mean()) / (2 * len(ranked))


def rounded(figure: float) -> float:
    """Four digits: what the rows can carry, and equal on every machine."""
    return round(float(figure), 4)
