"""The honest figure for a new site: train without a source, test on it. Not here: any other figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from classifier.prediction import LABELS
from classifier.training.figures import auc
from classifier.training.fit import fit_label
from classifier.training.matrix import matrix_of
from classifier.training.mix import mixture
from classifier.training.recipes import Recipe

_ROWS = 3000  # of one source: six trainings must end within minutes


def without_each_source(folder: Path, recipe: Recipe, label: str, say: Callable[[str], None]) -> dict[str, float]:
    """{source: AUC on it of weights that never saw it} for every source with both sides of `label`."""
    mixed = mixture(folder, replace(recipe, rows_at_most=_ROWS))
    column = LABELS.index(label)
    used = np.flatnonzero(mixed.weights[:, column] > 0)
    mixed = mixed.rows(used)
    matrix = matrix_of(mixed.corpus.submissions, recipe.buckets)
    sources = np.array(mixed.corpus.sources)
    found: dict[str, float] = {}
    for name in recipe.sources:
        mine = (sources == name) & mixed.annotated[:, column]
        if auc(mixed.targets[mine, column], np.zeros(int(mine.sum()))) is None:
            continue
        say(f"without {name}")
        weights = fit_label(mixed, matrix, sources != name, label, recipe)
        area = auc(mixed.targets[mine, column], weights.logits(matrix.rows(np.flatnonzero(mine)))[:, column])
        if area is not None:
            found[name] = area
    return found
