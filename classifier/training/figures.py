"""Figures of merit. Not here: which rows they are computed on, and how they are shown."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from classifier.prediction import LABELS
from classifier.training.mix import Mixture

_FEWEST = 15  # rows of each side; below, an AUC says nothing


def auc(targets: NDArray[Any], scores: NDArray[Any]) -> float | None:
    """Area under the ROC curve, or None with too few rows on one side."""
    sides = targets >= 0.5
    if min(int(sides.sum()), int((~sides).sum())) < _FEWEST:
        return None
    return round(float(roc_auc_score(sides, scores)), 4)


def figures_by_source(mixed: Mixture, logits: NDArray[np.float64]) -> dict[str, dict[str, dict[str, float]]]:
    """{label: {source: {"auc", "rows", "positive"}}} on annotated rows, from out-of-fold logits."""
    sources = np.array(mixed.corpus.sources)
    found: dict[str, dict[str, dict[str, float]]] = {}
    for column, label in enumerate(LABELS):
        for name in np.unique(sources).tolist():
            rows = (sources == name) & mixed.annotated[:, column]
            targets = mixed.targets[rows, column]
            area = auc(targets, logits[rows, column]) if rows.any() else None
            if area is not None:
                positive = round(float((targets >= 0.5).mean()), 4)
                found.setdefault(label, {})[name] = {
                    "auc": area,
                    "rows": int(rows.sum()),
                    "positive": positive,
                }
    return found
