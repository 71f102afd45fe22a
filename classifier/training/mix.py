"""From a recipe to a training set: which rows, which labels, and how much each row weighs for each label.

A label that nobody annotated is missing, never negative, with two stated exceptions: what is not toxic is none of
toxicity's kinds, and a sample of comments from places kept free of adverts is presumed not to be spam. Both count less
than an annotation. Each source weighs the square root of its size, so that no large or one-sided one dominates.
Not here: features, fitting.
"""

from __future__ import annotations

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

_IMPLIED = (
    "severe_toxic",
    "threat",
    "insult",
    "identity_hate",
    "sexual_explicit",
)  # a mere oath may be harmless
_NOT_TOXIC = 0.1
_WRITTEN_WEIGHT = 4.0  # the few sentences written for this project anchor the scale of everyday comments


@dataclass(frozen=True, slots=True)
class Mixture:
    """Rows with targets (0..1, NaN = missing) and weights, both rows x LABELS; weights are 0 where missing.

    `annotated` marks the labels that somebody gave: figures are computed on those alone.
    """

    corpus: Corpus
    targets: NDArray[np.float32]
    weights: NDArray[np.float64]
    annotated: NDArray[np.bool_]

    def rows(self, chosen: NDArray[np.int64]) -> Mixture:
        return Mixture(self.corpus.rows(chosen), self.targets[chosen], self.weights[chosen], self.annotated[chosen])


def mixture(folder: Path, recipe: Recipe) -> Mixture:
    """Read, sample, label and weigh. The same for the same data, recipe and seed."""
    random = np.random.default_rng(recipe.seed)
    corpora = [_taken(folder, name, recipe, random) for name in recipe.sources]
    if recipe.with_written:
        corpora.append(written(recipe.seed))
    corpus = _shortened(joined(corpora), recipe.characters_at_most)
    sources = np.array(corpus.sources)
    annotated = ~np.isnan(corpus.labels)
    targets = corpus.labels.copy()
    weights = annotated.astype(np.float64)
    _discount(weights, sources, recipe)
    _imply(targets, weights, recipe)
    _presume_ham(targets, weights, sources, recipe, random)
    for column in range(len(LABELS)):
        weights[:, column] = _by_source(weights[:, column], sources)
    return Mixture(corpus, targets, weights, annotated)


def _taken(folder: Path, name: str, recipe: Recipe, random: np.random.Generator) -> Corpus:
    corpus = _sampled(read_source(folder, name), recipe, random)
    return with_advert_website(corpus, recipe.seed) if BY_NAME[name].website_beside else corpus


def _sampled(corpus: Corpus, recipe: Recipe, random: np.random.Generator) -> Corpus:
    if len(corpus) <= recipe.rows_at_most:
        return corpus
    return corpus.rows(np.sort(random.choice(len(corpus), recipe.rows_at_most, replace=False)))


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
