"""One training from data to artifact: mix, fit fold by fold for honest logits, calibrate, fit on everything, write.

Not here: any step itself; each is a module of its own.
"""

from __future__ import annotations

import platform
import unicodedata
from collections.abc import Callable
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier import artifact
from classifier.calibration import Table
from classifier.features import FAMILIES, SIGNALS, VERSION
from classifier.prediction import LABELS
from classifier.training.calibrate import calibrate
from classifier.training.dataset import DataError, digests
from classifier.training.figures import figures_by_source
from classifier.training.fit import Weights, fit
from classifier.training.matrix import Matrix, matrix_of
from classifier.training.mix import Mixture, mixture
from classifier.training.recipes import Recipe
from classifier.training.sources import BY_NAME
from classifier.training.split import duplicate_groups, folds

Step = Callable[[str], None]


def train(folder: Path, target: Path, recipe: Recipe, say: Step) -> str:
    """Train by a recipe on the Parquet files in `folder`, write the artifact to `target`, return its digest.

    Raises `DataError` where data are missing, `ArtifactError` where `target` exists.
    """
    if target.exists():
        raise DataError(f"{target} exists already; choose another --out or remove it")
    say("reading")
    mixed = mixture(folder, recipe)
    say(f"{len(mixed.corpus)} rows; features")
    matrix = matrix_of(mixed.corpus.submissions, recipe.buckets)
    say("near-duplicates")
    parts = folds(duplicate_groups(mixed.corpus), recipe.folds, recipe.seed)
    honest = _out_of_fold(mixed, matrix, parts, recipe, say)
    say("fitting on everything")
    weights = fit(mixed, matrix, np.ones(len(mixed.corpus), dtype=bool), recipe)
    manifest = _manifest(folder, recipe, mixed, _tables(mixed, honest, recipe), honest)
    return artifact.write(target, manifest, _arrays(weights))


def _out_of_fold(
    mixed: Mixture, matrix: Matrix, parts: NDArray[np.int64], recipe: Recipe, say: Step
) -> NDArray[np.float64]:
    """Logits of each row by weights that saw neither it nor its near-duplicates."""
    honest = np.zeros((len(mixed.corpus), len(LABELS)))
    for number in range(recipe.folds):
        say(f"fold {number + 1} of {recipe.folds}")
        weights = fit(mixed, matrix, parts != number, recipe)
        held_out = np.flatnonzero(parts == number)
        honest[held_out] = weights.logits(matrix.rows(held_out))
    return honest


def _tables(mixed: Mixture, honest: NDArray[np.float64], recipe: Recipe) -> dict[str, Table]:
    tables = {}
    sources = np.array(mixed.corpus.sources)
    for column, label in enumerate(LABELS):
        rows = mixed.weights[:, column] > 0
        targets = mixed.targets[rows, column].astype(np.float64)
        if not 0 < targets.mean() < 1:
            raise DataError(f"the data hold only one side of {label}; a model cannot be made from them")
        rate = recipe.assumed_rates[label]
        tables[label] = calibrate(honest[rows, column], targets, mixed.weights[rows, column], sources[rows], rate)
    return tables


def _arrays(weights: Weights) -> dict[str, NDArray[Any]]:
    return {
        "weights": weights.grams.astype(np.float16),
        "signals": weights.signals.astype(np.float32),
        "intercepts": weights.intercepts.astype(np.float32),
    }


def _manifest(
    folder: Path, recipe: Recipe, mixed: Mixture, tables: dict[str, Table], honest: NDArray[np.float64]
) -> dict[str, Any]:
    return {
        "name": recipe.name,
        "labels": list(LABELS),
        "features": {
            "version": VERSION,
            "buckets": recipe.buckets,
            "families": {family.name: family.share for family in FAMILIES},
            "signals": list(SIGNALS),
        },
        "calibration": {label: table.as_json() for label, table in tables.items()},
        "recipe": asdict(recipe) | {"sources": list(recipe.sources)},
        "data": _data(folder, recipe, mixed),
        "metrics": {"within_source": figures_by_source(mixed, honest)},
        "software": {
            "python": platform.python_version(),
            "unicode": unicodedata.unidata_version,
            "numpy": version("numpy"),
            "scikit-learn": version("scikit-learn"),
        },
    }


def _data(folder: Path, recipe: Recipe, mixed: Mixture) -> list[dict[str, Any]]:
    sources = np.array(mixed.corpus.sources)
    sealed = digests(folder, recipe.sources)
    listed = []
    for name in np.unique(sources).tolist():
        known = BY_NAME.get(name)
        mine = sources == name
        listed.append(
            {
                "source": name,
                "origin": known.origin if known else "written for this project",
                "licence": known.licence if known else "the project's own",
                "rows": int(mine.sum()),
                "labels": {
                    label: int(mixed.annotated[mine, column].sum())
                    for column, label in enumerate(LABELS)
                    if mixed.annotated[mine, column].any()
                },
                "sha256": sealed.get(name, ""),
            }
        )
    return listed
