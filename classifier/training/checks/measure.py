"""What all checks share: how a model is asked, and two figures. Not here: any text, and what a figure must be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.pipeline import Model
from classifier.prediction import LABELS, Submission

Scores = NDArray[np.float64]
Scoring = Callable[[Sequence[Submission]], Scores]  # calibrated probabilities, rows x LABELS

THRESHOLD = 0.5  # calibrated scores: from here on a label is likelier than not
_BATCH = 64


def scoring(model: Model) -> Scoring:
    """A model as the checks ask it: in batches, as the service does."""

    def score(submissions: Sequence[Submission]) -> Scores:
        batches = [submissions[begin : begin + _BATCH] for begin in range(0, len(submissions), _BATCH)]
        rows = [[p.scores[label] for label in LABELS] for batch in batches for p in model.predict(batch)]
        return np.array(rows, dtype=np.float64).reshape(-1, len(LABELS))

    return score


def asked(score: Scoring, texts: Sequence[str], label: str) -> Scores:
    """The scores of bare texts for one label."""
    return score([Submission(text) for text in texts])[:, LABELS.index(label)]


def area(below: Scores, above: Scores) -> float:
    """Area under the ROC curve: how often a score of `above` beats one of `below`; a tie counts half."""
    ranked = np.sort(below)
    beaten = np.searchsorted(ranked, above, "left") + np.searchsorted(ranked, above, "right")
    return float(beaten.mean()) / (2 * len(ranked))


def rounded(figure: float | np.floating[Any]) -> float:
    """Four digits: what the rows can carry, and equal on every machine."""
    return round(float(figure), 4)
