"""Measuring a finished model: on sources that it never saw, by language, and on harmless comments.

Here: which rows a figure is computed on. Not here: formulas (`figures`), the page that shows them (`card`).
Sources that a model was trained on appear with their out-of-fold figures from the manifest, never with scores
that the model gives to its own training rows.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.pipeline import Model
from classifier.prediction import LABELS, Submission
from classifier.training.dataset import Corpus, read_source
from classifier.training.figures import auc
from classifier.training.leave_out import without_each_source
from classifier.training.recipes import RECIPES
from classifier.training.sources import SOURCES

Step = Callable[[str], None]

_ROWS = 2500  # of a source: enough for two digits, and the whole evaluation stays within minutes
_BATCH = 64
_THRESHOLDS = (0.5, 0.8)


def evaluate(model: Model, folder: Path, leave_out: bool, say: Step) -> dict[str, Any]:
    """All figures as plain values. Raises `DataError` where a source's file is missing."""
    trained_on = set(model.manifest["recipe"]["sources"])
    figures: dict[str, Any] = {
        "digest": model.digest,
        "within_source": model.manifest["metrics"]["within_source"],
        "unseen_sources": {},
        "languages": {},
        "false_positives": {},
    }
    kept: list[tuple[Corpus, NDArray[np.float64]]] = []
    for source in SOURCES:
        if source.name not in trained_on:
            say(f"unseen source {source.name}")
            corpus = _sample(read_source(folder, source.name))
            scores = scores_of(model, corpus.submissions)
            kept.append((corpus, scores))
            _add_unseen(figures, source.name, corpus, scores)
    figures["languages"] = _by_language(kept)
    if leave_out:
        recipe = RECIPES[model.manifest["recipe"]["name"]]
        figures["leave_source_out"] = without_each_source(folder, recipe, "spam", say)
    say("speed")
    figures["speed"] = _speed(model)
    return figures


def scores_of(model: Model, submissions: list[Submission]) -> NDArray[np.float64]:
    """Calibrated scores, rows x LABELS."""
    rows = [
        [prediction.scores[label] for label in LABELS]
        for begin in range(0, len(submissions), _BATCH)
        for prediction in model.predict(submissions[begin : begin + _BATCH])
    ]
    return np.array(rows)


def _sample(corpus: Corpus) -> Corpus:
    bare = replace(corpus, submissions=[replace(s, parent="") for s in corpus.submissions])
    if len(bare) <= _ROWS:
        return bare
    return bare.rows(np.sort(np.random.default_rng(1).choice(len(bare), _ROWS, replace=False)))


def _add_unseen(figures: dict[str, Any], name: str, corpus: Corpus, scores: NDArray[np.float64]) -> None:
    for column, label in enumerate(LABELS):
        known = ~np.isnan(corpus.labels[:, column])
        targets, given = corpus.labels[known, column], scores[known, column]
        area = auc(targets, given) if known.any() else None
        if area is not None:
            entry = {"auc": area, "rows": len(targets), "positive": round(float((targets >= 0.5).mean()), 4)}
            figures["unseen_sources"].setdefault(label, {})[name] = entry
        harmless = given[targets <= 0.1]
        if label in ("spam", "toxic") and len(harmless) >= 100:
            shares = {f"{t}": round(float((harmless >= t).mean()), 4) for t in _THRESHOLDS}
            figures["false_positives"].setdefault(label, {})[name] = {"rows": len(harmless), **shares}


def _by_language(kept: list[tuple[Corpus, NDArray[np.float64]]]) -> dict[str, dict[str, float]]:
    """Mean AUC over the unseen sources of each language, for the two labels that most of them have."""
    found: dict[str, dict[str, list[float]]] = {}
    for corpus, scores in kept:
        for language in sorted(set(corpus.languages)):
            rows = np.array([x == language for x in corpus.languages])
            for label in ("spam", "toxic"):
                known = rows & ~np.isnan(corpus.labels[:, LABELS.index(label)])
                area = auc(corpus.labels[known, LABELS.index(label)], scores[known, LABELS.index(label)])
                if area is not None:
                    found.setdefault(language, {}).setdefault(label, []).append(area)
    return {
        language: {label: round(float(np.mean(areas)), 4) for label, areas in labels.items()}
        for language, labels in sorted(found.items())
    }


def _speed(model: Model) -> dict[str, float]:
    """Microseconds of processor time a comment, single and in batches, on comments of ordinary length."""
    texts = [f"I read the {n}th paragraph twice and wonder who pays for the loan in the end. " * 2 for n in range(64)]
    batch = [Submission(text) for text in texts]
    model.predict(batch)
    return {
        "microseconds_single": _spent(lambda: [model.predict([one]) for one in batch], len(batch)),
        "microseconds_in_batches_of_64": _spent(lambda: model.predict(batch), len(batch)),
    }


def _spent(work: Callable[[], object], comments: int) -> float:
    rounds = []
    for _ in range(7):
        begin = time.process_time()
        work()
        rounds.append((time.process_time() - begin) / comments * 1e6)
    return round(sorted(rounds)[len(rounds) // 2], 1)
