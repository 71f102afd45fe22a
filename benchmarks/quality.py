"""How well each tells bad comments from good ones: ROC-AUC by source, on rows that neither model here learned from.

The rows are those that `classifier.training.split` keeps for telling figures, of the shipped recipe's own mixture: no
weight was fitted to them, no setting chosen on them, and no near-duplicate of them lies on the other side. Everybody
gets the bare text. The labelled texts stand beside the repository, not in it; where they are absent there is nothing
to measure. Not here: speed (`scoring`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from benchmarks import plain
from benchmarks.kept_scores import answers
from benchmarks.rivals import ENTRANTS, PLAIN_TFIDF, SHIPPED, Entrant
from classifier import LABELS, load
from classifier.training.dataset import DataError
from classifier.training.figures import auc
from classifier.training.mix import Mixture, mixture
from classifier.training.recipes import RECIPES
from classifier.training.recipes.written import SOURCE as WRITTEN
from classifier.training.split import TEST, TRAIN

# What its own description names as training data: our rows of these sources are, or may be, among them.
LEARNED_BY = {"alt-profanity-check": ("davidson-en", "jigsaw2018-balanced", "jigsaw2018-kinds", "paradetox-en")}
TOLD = ("toxic", "spam")
AT_MOST = 400  # rows of a source that are judged: the slowest takes 20 ms for one

Known = dict[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Split:
    """Texts to learn from with their targets by label (NaN: none), and texts to be judged on, with their sources."""

    taught: list[str]
    taught_targets: Known
    judged: list[str]
    judged_targets: Known
    sources: NDArray[np.str_]


def measure(data: Path | None, say: Callable[[str], None]) -> dict[str, Any]:
    """{label: {source: {"rows", "positive", "auc": {name: AUC}}}} and means, or {"not_measured": why}."""
    if data is None:
        return {"not_measured": "there are no labelled comments here; name their folder by --data or COMMENTS_DATA"}
    say("reading the labelled comments")
    try:
        split = _split(data)
    except DataError as error:
        raise click.ClickException(str(error)) from None
    say("training the plain baseline")
    baseline = plain.trained(split.taught, split.taught_targets)
    scores = {}
    for entrant in ENTRANTS:
        say(f"scoring with {entrant.name}")
        scores[entrant.name] = _scores(entrant, split, baseline)
    areas = {label: _by_source(split, label, scores) for label in TOLD}
    model = load()
    return {
        "rows": len(split.judged),
        "rows_learned_from": len(split.taught),
        "model": model.digest,
        "held_out": "validation" in model.manifest["metrics"],
        "by_source": areas,
        "mean": {label: _means(found) for label, found in areas.items()},
        "error_beside_plain": {label: _error_beside_plain(found) for label, found in areas.items()},
    }


def _split(data: Path) -> Split:
    mixed = mixture(data, RECIPES["shipped"])
    taught, judged = np.flatnonzero(mixed.parts == TRAIN), _few_of_each(mixed, mixed.parts == TEST)
    columns = {label: LABELS.index(label) for label in TOLD}
    known = {label: np.where(mixed.weights[:, at] > 0, mixed.targets[:, at], np.nan) for label, at in columns.items()}
    texts = [submission.text for submission in mixed.corpus.submissions]
    return Split(
        [texts[row] for row in taught],
        {label: target[taught] for label, target in known.items()},
        [texts[row] for row in judged],
        {label: mixed.corpus.labels[judged, at] for label, at in columns.items()},
        np.array(mixed.corpus.sources)[judged],
    )


def _few_of_each(mixed: Mixture, chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Of each source some of the chosen rows to which somebody gave a label that figures are told of."""
    given = ~np.isnan(mixed.corpus.labels[:, [LABELS.index(label) for label in TOLD]]).all(axis=1)
    sources = np.array(mixed.corpus.sources)
    random = np.random.default_rng(1)
    kept = []
    for source in np.unique(sources[sources != WRITTEN]):
        rows = np.flatnonzero(chosen & given & (sources == source))
        kept.append(random.choice(rows, min(AT_MOST, len(rows)), replace=False))
    return np.sort(np.concatenate(kept))


def _scores(entrant: Entrant, split: Split, baseline: str) -> Known:
    """Scores by label, NaN where the row has no such label: what nobody could check is not asked."""
    asked = np.flatnonzero(~np.isnan([split.judged_targets[label] for label in entrant.labels]).all(axis=0))
    found = answers(entrant, [split.judged[row] for row in asked], baseline)
    scores = {label: np.full(len(split.judged), np.nan, dtype=np.float32) for label in entrant.labels}
    for label, row in scores.items():
        row[asked] = found[label]
    return scores


def _by_source(split: Split, label: str, scores: dict[str, Known]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    targets = split.judged_targets[label]
    for source in np.unique(split.sources).tolist():
        rows = (split.sources == source) & ~np.isnan(targets)
        areas = {
            name: area
            for name, given in scores.items()
            if label in given and (area := auc(targets[rows], given[label][rows])) is not None
        }
        if areas:
            found[source] = {
                "rows": int(rows.sum()),
                "positive": round(float((targets[rows] >= 0.5).mean()), 3),
                "auc": areas,
                "learned_by": [name for name, learned in LEARNED_BY.items() if source in learned],
            }
    return found


def _means(by_source: dict[str, dict[str, Any]]) -> dict[str, float]:
    rows = [found["auc"] for found in by_source.values()]
    return {name: round(float(np.mean([row[name] for row in rows])), 4) for name in (rows[0] if rows else ())}


def _error_beside_plain(by_source: dict[str, dict[str, Any]]) -> float | None:
    """The shipped model's mean error (1 - AUC) as a share of the plain baseline's."""
    means = _means(by_source)
    if not means:
        return None
    return round((1 - means[SHIPPED.name]) / (1 - means[PLAIN_TFIDF.name]), 3)
