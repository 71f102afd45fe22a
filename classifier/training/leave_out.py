"""The honest figure for a new site: train without a source, test on all of it, beside a plain model on the same rows.

The plain model is what one would write in an afternoon: hashed character 3- to 5-grams and word 1- and 2-grams, one
logistic regression, no normaliser, no weights by source. A teacher takes no part: it saw the sources left out.
Not here: any other figure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import LogisticRegression

from classifier.prediction import LABELS
from classifier.training.figures import auc
from classifier.training.fit import fit_label
from classifier.training.matrix import matrix_of
from classifier.training.mix import Mixture, mixture
from classifier.training.recipes import Recipe
from classifier.training.recipes.written import SOURCE as WRITTEN

_ROWS = {"spam": 1000, "toxic": 500}  # of one source: two dozen trainings must end within minutes
_GRAMS = 1 << 18

Figures = dict[str, dict[str, float]]


def without_each_source(folder: Path, recipe: Recipe, label: str, say: Callable[[str], None]) -> Figures:
    """{source: {"auc", "plain_auc", "rows"}} for every source with both sides of `label`."""
    mixed = _lesser(folder, recipe, label)
    matrix = matrix_of(mixed.corpus.submissions, recipe.buckets)
    plain = _plain_features(mixed)
    sources, column = np.array(mixed.corpus.sources), LABELS.index(label)
    found: Figures = {}
    for name in recipe.sources:
        mine = np.flatnonzero((sources == name) & mixed.annotated[:, column])
        targets = mixed.targets[mine, column]
        if name == WRITTEN or auc(targets, np.zeros(len(mine))) is None:
            continue
        say(f"{label} without {name}")
        weights = fit_label(mixed, matrix, sources != name, label, recipe)
        ours = auc(targets, weights.logits(matrix.rows(mine))[:, column])
        theirs = auc(targets, _plain_scores(mixed, plain, np.flatnonzero(sources != name), mine, column))
        found[name] = {"auc": ours or 0.0, "plain_auc": theirs or 0.0, "rows": len(mine)}
    return found


def _lesser(folder: Path, recipe: Recipe, label: str) -> Mixture:
    most = _ROWS[label]
    mixed = mixture(folder, replace(recipe, rows_at_most=most, spam_rows_at_most=most))
    return mixed.rows(np.flatnonzero(mixed.weights[:, LABELS.index(label)] > 0))


def _plain_features(mixed: Mixture) -> sp.csr_matrix:
    texts = [submission.text for submission in mixed.corpus.submissions]
    kinds = ({"analyzer": "char", "ngram_range": (3, 5)}, {"analyzer": "word", "ngram_range": (1, 2)})
    parts = [HashingVectorizer(n_features=_GRAMS, alternate_sign=False, dtype=np.float32, **kind) for kind in kinds]
    return sp.hstack([part.transform(texts) for part in parts], "csr")


def _plain_scores(
    mixed: Mixture, features: sp.csr_matrix, known: NDArray[np.int64], asked: NDArray[np.int64], column: int
) -> NDArray[Any]:
    # A looser tolerance stops long before the optimum on such features, and would flatter the model beside it.
    model = LogisticRegression(C=4.0, max_iter=150, tol=1e-4)
    model.fit(features[known], mixed.targets[known, column] >= 0.5)
    return np.asarray(model.decision_function(features[asked]))
