"""From a recipe to a training set: which rows, which labels, and how much each row weighs for each label.

A label that nobody annotated is missing, never negative, with two stated exceptions: what is not toxic is none of
toxicity's kinds, and a sample of comments from places kept free of adverts is presumed not to be spam. Both count less
than an annotation. Each source weighs the square root of its size, so that no large or one-sided one dominates.
Not here: features, fitting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifier.prediction import LABELS
from classifier.training.dataset import Corpus, joined, read_source
from classifier.training.recipes import Recipe
from classifier.training.recipes.written import SOURCE as WRITTEN
from classifier.training.recipes.written import with_advert_website, written
from classifier.training.sources import BY_NAME
from classifier.training.split import parts_of

_IMPLIED = (
    "severe_toxic",
    "threat",
    "insult",
    "identity_hate",
    "sexual_explicit",
)  # a mere oath may be harmless
_NOT_TOXIC = 0.1
_WRITTEN_WEIGHT = 10.0  # the few sentences written for this project anchor the scale of everyday comments


@dataclass(frozen=True, slots=True)
class Mixture:
    """Rows with targets (0..1, NaN = missing) and weights, both rows x LABELS; weights are 0 where missing.

    `annotated` marks the labels that somebody gave: figures are computed on those alone. `parts` says which rows are
    for fitting, choosing and telling (`split`).
    """

    corpus: Corpus
    parts: NDArray[np.int8]
    targets: NDArray[np.float32]
    weights: NDArray[np.float64]
    annotated: NDArray[np.bool_]

    def rows(self, chosen: NDArray[np.int64]) -> Mixture:
        return Mixture(
            self.corpus.rows(chosen),
            self.parts[chosen],
            self.targets[chosen],
            self.weights[chosen],
            self.annotated[chosen],
        )


def gathered(folder: Path, recipe: Recipe, extra: Sequence[Corpus] = ()) -> tuple[Corpus, NDArray[np.int8]]:
    """Every row that a recipe may use, and its part. Sampling comes after: it must not move a row to another part.

    `extra` are corpora from elsewhere (the official Jigsaw files, say).
    """
    corpora = [*(_taken(folder, name, recipe) for name in recipe.sources), *extra]
    if recipe.with_written:
        corpora.append(written(recipe.seed))
    corpus = _shortened(joined(corpora), recipe.characters_at_most)
    return corpus, parts_of(corpus)


def mixture(folder: Path, recipe: Recipe, extra: Sequence[Corpus] = ()) -> Mixture:
    """Read, sample, label and weigh. The same for the same data, recipe and seed."""
    random = np.random.default_rng(recipe.seed)
    whole, all_parts = gathered(folder, recipe, extra)
    chosen = _sampled(whole, recipe, random)
    corpus, parts = whole.rows(chosen), all_parts[chosen]
    sources = np.array(corpus.sources)
    annotated = ~np.isnan(corpus.labels)
    targets = corpus.labels.copy()
    weights = annotated.astype(np.float64)
    _discount(weights, sources, recipe)
    _imply(targets, weights, recipe)
    _presume_ham(targets, weights, sources, recipe, random)
    for column in range(len(LABELS)):
        weights[:, column] = _by_source(weights[:, column], sources)
    return Mixture(corpus, parts, targets, weights, annotated)


def _taken(folder: Path, name: str, recipe: Recipe) -> Corpus:
    corpus = read_source(folder, name)
    return with_advert_website(corpus, recipe.seed) if BY_NAME[name].website_beside else corpus


def _sampled(corpus: Corpus, recipe: Recipe, random: np.random.Generator) -> NDArray[np.int64]:
    """Numbers of the rows that take part, in order."""
    sources = np.array(corpus.sources)
    about_spam = ~np.isnan(corpus.labels[:, LABELS.index("spam")])
    chosen = []
    for name in dict.fromkeys(corpus.sources):
        rows = np.flatnonzero(sources == name)
        most = recipe.spam_rows_at_most if about_spam[rows].any() and name != WRITTEN else recipe.rows_at_most
        chosen.append(rows if len(rows) <= most else random.choice(rows, most, replace=False))
    return np.sort(np.concatenate(chosen))


def _shortened(corpus: Corpus, characters: int) -> Corpus:
    return replace(corpus, submissions=[replace(s, text=s.text[:characters]) for s in corpus.submissions])


def _discount(weights: NDArray[np.float64], sources: NDArray[np.str_], recipe: Recipe) -> None:
    for name in recipe.sources:
        for label in BY_NAME[name].one_sided:
            weights[sources == name, LABELS.index(label)] *= recipe.one_sided_weight
        if BY_NAME[name].far:
            weights[sources == name] *= recipe.far_weight


def _imply(targets: NDArray[np.float32], weights: NDArray[np.float64], recipe: Recipe) -> None:
    harmless = targets[:, LABELS.index("toxic")] <= _NOT_TOXIC
    for label in _IMPLIED:
        column = LABELS.index(label)
        rows = harmless & np.isnan(targets[:, column])
        targets[rows, column] = 0.0
        weights[rows, column] = recipe.implied_weight


def _presume_ham(
    targets: NDArray[np.float32],
    weights: NDArray[np.float64],
    sources: NDArray[np.str_],
    recipe: Recipe,
    random: np.random.Generator,
) -> None:
    column = LABELS.index("spam")
    for name in recipe.sources:
        if not BY_NAME[name].ham:
            continue
        rows = np.flatnonzero((sources == name) & np.isnan(targets[:, column]))
        chosen = random.choice(rows, min(recipe.presumed_ham, len(rows)), replace=False)
        targets[chosen, column] = 0.0
        weights[chosen, column] = recipe.presumed_weight


def _by_source(weights: NDArray[np.float64], sources: NDArray[np.str_]) -> NDArray[np.float64]:
    """Scale each source to the square root of its weight, then all to a mean of 1 over rows that count."""
    scaled = weights.copy()
    for name in np.unique(sources):
        mine = sources == name
        total = weights[mine].sum()
        rows = np.count_nonzero(mine & (weights > 0))
        if total > 0:
            scaled[mine] *= (_WRITTEN_WEIGHT if name == WRITTEN else 1.0) / np.sqrt(rows)
    counted = scaled > 0
    return scaled / scaled[counted].mean() if counted.any() else scaled
