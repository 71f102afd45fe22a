"""Measuring a finished model: every figure of its card, from the artifact and the labelled data alone.

Here: the order, and figures on labelled rows: rows kept out of training, whole sources that it never saw, languages,
harmless comments, people who are named. Not here: formulas (`figures`), the written tests (`checks`), trainings without
a source (`leave_out`), the page that shows all this (`card`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.pipeline import Model
from classifier.prediction import LABELS
from classifier.training import checks
from classifier.training.dataset import Corpus, read_source
from classifier.training.figures import auc
from classifier.training.leave_out import without_each_source
from classifier.training.mix import gathered
from classifier.training.recipes import RECIPES, Recipe
from classifier.training.reliability import reliability
from classifier.training.sources import SOURCES
from classifier.training.speed import speed
from classifier.training.split import TEST

Step = Callable[[str], None]

_ROWS = 2500  # of a source: enough for two digits, and the whole evaluation stays within minutes
_DISGUISED = 150  # comments that are caught undisguised, from labelled rows, on each of which every disguise is tried
_THRESHOLDS = (0.5, 0.8)


@dataclass(frozen=True, slots=True)
class Scored:
    """One source's rows with the model's scores, rows x LABELS. `unseen`: nothing of the source was trained on."""

    name: str
    corpus: Corpus
    scores: NDArray[np.float64]
    unseen: bool

    def known(self, label: str) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
        """Targets and scores of the rows that are annotated for a label."""
        column = LABELS.index(label)
        rows = ~np.isnan(self.corpus.labels[:, column])
        return self.corpus.labels[rows, column], self.scores[rows, column]


def evaluate(model: Model, folder: Path, leave_out: bool, say: Step) -> dict[str, Any]:
    """All figures as plain values. Raises `DataError` where a source's file is missing."""
    recipe = RECIPES[model.manifest["recipe"]["name"]]
    kept = list(_scored(model, folder, recipe, say))
    figures: dict[str, Any] = {
        "digest": model.digest,
        "within_source": _areas([one for one in kept if not one.unseen]),
        "unseen_sources": _areas([one for one in kept if one.unseen]),
        "languages": _by_language(kept),
        "false_positives": _false_positives(kept),
        "reliability": {label: reliability(kept, label, recipe.assumed_rates[label]) for label in LABELS},
        "mentions": _mentions(kept),
    }
    say("written tests")
    figures |= _written(model, kept)
    if leave_out:
        figures["leave_source_out"] = {
            label: without_each_source(folder, recipe, label, say) for label in ("spam", "toxic")
        }
    say("speed")
    return figures | {"speed": speed(model)}


def _scored(model: Model, folder: Path, recipe: Recipe, say: Step) -> Iterator[Scored]:
    say("rows kept out of training")
    corpus, parts = gathered(folder, recipe)
    held_out = corpus.rows(parts == TEST)
    sources = np.array(held_out.sources)
    for name in dict.fromkeys(held_out.sources):
        mine = _bare(held_out.rows(sources == name))
        yield Scored(name, mine, model.scores(mine.submissions), unseen=False)
    for source in SOURCES:
        if source.name not in recipe.sources:
            say(f"unseen source {source.name}")
            mine = _bare(_sample(read_source(folder, source.name)))
            yield Scored(source.name, mine, model.scores(mine.submissions), unseen=True)


def _bare(corpus: Corpus) -> Corpus:
    """Without the parent: most of the sets have none, and a figure should not hang on who kept it."""
    return replace(corpus, submissions=[replace(s, parent="") for s in corpus.submissions])


def _sample(corpus: Corpus) -> Corpus:
    if len(corpus) <= _ROWS:
        return corpus
    return corpus.rows(np.sort(np.random.default_rng(1).choice(len(corpus), _ROWS, replace=False)))


def _areas(kept: Sequence[Scored]) -> dict[str, dict[str, dict[str, float]]]:
    found: dict[str, dict[str, dict[str, float]]] = {}
    for one in kept:
        for label in LABELS:
            targets, given = one.known(label)
            area = auc(targets, given) if len(targets) else None
            if area is not None:
                entry = {"auc": area, "rows": len(targets), "positive": round(float((targets >= 0.5).mean()), 4)}
                found.setdefault(label, {})[one.name] = entry
    return found


def _false_positives(kept: Sequence[Scored]) -> dict[str, dict[str, dict[str, float]]]:
    found: dict[str, dict[str, dict[str, float]]] = {"spam": {}, "toxic": {}}
    for one in kept:
        for label, by_source in found.items():
            targets, given = one.known(label)
            harmless = given[targets <= 0.1]
            if len(harmless) >= 100:
                shares = {f"{t}": round(float((harmless >= t).mean()), 4) for t in _THRESHOLDS}
                by_source[one.name] = {"rows": len(harmless), **shares}
    return found


def _by_language(kept: Sequence[Scored]) -> dict[str, dict[str, dict[str, float]]]:
    """{language: {label: {"kept_out", "unseen"}}}: mean AUC over the sources of each kind, for the two main labels."""
    found: dict[str, dict[str, dict[str, list[float]]]] = {}
    for one in kept:
        languages = np.array(one.corpus.languages)
        for language in sorted(set(one.corpus.languages) - {""}):
            mine = replace(one, corpus=one.corpus.rows(languages == language), scores=one.scores[languages == language])
            for label in ("spam", "toxic"):
                area = auc(*mine.known(label))
                if area is not None:
                    kind = "unseen" if one.unseen else "kept_out"
                    found.setdefault(language, {}).setdefault(label, {}).setdefault(kind, []).append(area)
    return {
        language: {
            label: {kind: round(float(np.mean(areas)), 4) for kind, areas in kinds.items()}
            for label, kinds in labels.items()
        }
        for language, labels in sorted(found.items())
    }


def _mentions(kept: Sequence[Scored]) -> dict[str, dict[str, float]]:
    """Real English rows, kept out or unseen, that mention a term (`checks.by_mention`)."""
    texts, targets, scores = [], [], []
    for one in kept:
        rows = np.array(one.corpus.languages) == "en"
        texts += [one.corpus.submissions[row].text for row in np.flatnonzero(rows)]
        targets.append(one.corpus.labels[rows, LABELS.index("toxic")])
        scores.append(one.scores[rows, LABELS.index("toxic")])
    return checks.by_mention(texts, np.concatenate(targets), np.concatenate(scores)) if texts else {}


def _written(model: Model, kept: Sequence[Scored]) -> dict[str, Any]:
    return {
        "frozen": checks.frozen_figures(model.scores),
        "functions": checks.functional_figures(model.scores),
        "identity": checks.identity_figures(model.scores),
        "identity_terms": checks.by_term(model.scores),
        "evasion": checks.evasion_figures(model.scores),
        "evasion_on_data": {
            label: checks.kept_shares(model.scores, _caught(kept, label), label) for label in ("toxic", "spam")
        },
    }


def _caught(kept: Sequence[Scored], label: str) -> list[str]:
    """English comments kept out of training that are what the label says and are caught undisguised."""
    column, texts = LABELS.index(label), []
    for one in kept:
        found = (one.corpus.labels[:, column] >= 0.5) & (one.scores[:, column] >= _THRESHOLDS[0])
        rows = np.flatnonzero(found & (np.array(one.corpus.languages) == "en"))
        texts += [one.corpus.submissions[row].text for row in rows]
    chosen = np.random.default_rng(1).permutation(len(texts))[:_DISGUISED]
    return [texts[row] for row in chosen]
