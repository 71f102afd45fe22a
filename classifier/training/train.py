"""One training from data to artifact: mix, fit, calibrate on rows that no weight was fitted to, write.

Not here: any step itself; each is a module of its own.
"""

from __future__ import annotations

import platform
import unicodedata
from collections.abc import Callable, Sequence
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
from classifier.training.dataset import Corpus, DataError, digests
from classifier.training.figures import figures_by_source
from classifier.training.fit import Weights, fit
from classifier.training.matrix import matrix_of
from classifier.training.mix import Mixture, mixture
from classifier.training.recipes import Recipe
from classifier.training.recipes.written import SOURCE as WRITTEN
from classifier.training.sources import BY_NAME, Source
from classifier.training.split import TRAIN, VALIDATION

Step = Callable[[str], None]

_FEWEST = 10  # rows of each side to calibrate on
_ENOUGH = 300  # training rows of a language; below, a label's words there are hearsay


Extra = Sequence[tuple[Source, Corpus]]  # corpora from elsewhere, with their facts


def train(folder: Path, target: Path, recipe: Recipe, say: Step, extra: Extra = ()) -> str:
    """Train by a recipe on the Parquet files in `folder`, write the artifact to `target`, return its digest.

    Raises `DataError` where data are missing, `ArtifactError` where `target` exists.
    """
    if target.exists():
        raise DataError(f"{target} exists already; choose another --out or remove it")
    say("reading, near-duplicates")
    mixed = mixture(folder, recipe, [corpus for _, corpus in extra])
    say(f"{len(mixed.corpus)} rows; features")
    matrix = matrix_of(mixed.corpus.submissions, recipe.buckets)
    weights = fit(mixed, matrix, mixed.parts == TRAIN, recipe, say)
    say("calibrating")
    logits = weights.logits(matrix)
    chosen = np.flatnonzero(mixed.parts == VALIDATION)
    figures = {"validation": figures_by_source(mixed.rows(chosen), logits[chosen])}
    manifest = _manifest(folder, recipe, mixed, _tables(mixed, logits, recipe), figures, extra)
    return artifact.write(target, manifest, _arrays(weights))


def _tables(mixed: Mixture, logits: NDArray[np.float64], recipe: Recipe) -> dict[str, Table]:
    tables = {}
    sources = np.array(mixed.corpus.sources)
    for column, label in enumerate(LABELS):
        rows = _calibrating(mixed, column)
        targets = mixed.targets[rows, column].astype(np.float64)
        if not len(targets) or not 0 < targets.mean() < 1:
            raise DataError(f"the data hold only one side of {label}; a model cannot be made from them")
        rate = recipe.assumed_rates[label]
        tables[label] = calibrate(logits[rows, column], targets, mixed.weights[rows, column], sources[rows], rate)
    return tables


def _calibrating(mixed: Mixture, column: int) -> NDArray[np.bool_]:
    """The rows kept for it; where they have hardly any of one side, as in a small user's data, all rows."""
    known = mixed.weights[:, column] > 0
    kept = known & (mixed.parts == VALIDATION)
    sides = mixed.targets[kept, column] >= 0.5
    return kept if min(int(sides.sum()), int((~sides).sum())) >= _FEWEST else known


def _arrays(weights: Weights) -> dict[str, NDArray[Any]]:
    return {
        "weights": weights.grams.astype(np.float16),
        "signals": weights.signals.astype(np.float32),
        "intercepts": weights.intercepts.astype(np.float32),
    }


def _manifest(
    folder: Path, recipe: Recipe, mixed: Mixture, tables: dict[str, Table], figures: dict[str, Any], extra: Extra
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
        "data": _data(folder, recipe, mixed, {source.name: source for source, _ in extra}),
        "languages": _languages(mixed),
        "metrics": figures,
        "software": {
            "python": platform.python_version(),
            "unicode": unicodedata.unidata_version,
            "numpy": version("numpy"),
            "scikit-learn": version("scikit-learn"),
        },
    }


def _languages(mixed: Mixture) -> dict[str, list[str]]:
    """The languages of which a label has seen enough rows to be more than a guess."""
    languages = np.array(mixed.corpus.languages)
    written = np.array(mixed.corpus.sources) == WRITTEN
    learned = {}
    for column, label in enumerate(LABELS):
        rows = mixed.annotated[:, column] & ~written & (mixed.parts == TRAIN)
        names, counts = np.unique(languages[rows], return_counts=True)
        learned[label] = names[counts >= _ENOUGH].tolist()
    return learned


def _data(folder: Path, recipe: Recipe, mixed: Mixture, extra: dict[str, Source]) -> list[dict[str, Any]]:
    sources = np.array(mixed.corpus.sources)
    sealed = digests(folder, recipe.sources)
    listed = []
    for name in np.unique(sources).tolist():
        known = BY_NAME.get(name) or extra.get(name)
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
