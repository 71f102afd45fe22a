"""Is a text judged by what it says, or by whom it names? Figures by identity term.

Method: subgroup, BPSN and BNSP areas (Borkan et al. 2019, "Nuanced Metrics for Measuring Unintended Bias"), on
sentences written for this project (`identity_terms`) and on rows of real data that mention a term (`by_mention`).

- subgroup: benign against abusive sentences that name the term; low where the term drowns the rest.
- bpsn (background positive, subgroup negative): abuse that names other groups against benign sentences that name this
  one; low where the term alone raises a score.
- bnsp (background negative, subgroup positive): benign sentences that name others against abuse that names this one;
  low where abuse of this group is overlooked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from classifier.training.checks.identity_terms import TERMS, Terms
from classifier.training.checks.measure import THRESHOLD, Scores, Scoring, area, asked, rounded

_AREAS = ("subgroup_auc", "bpsn_auc", "bnsp_auc")
_FEWEST = 15  # rows of each side of real data; below, an area says nothing

Figures = dict[str, float]


def identity_figures(score: Scoring, label: str = "toxic") -> dict[str, Figures | float]:
    """Worst and mean of each area over the terms, and the gap between false positives with a term and without.

    `fpr_gap` is the share of benign sentences at 0.5 or more that name a term, less the same share of the same
    sentences with a noun that names no group; above 0, people are flagged for whom they mention.
    """
    terms = by_term(score, label)
    areas: dict[str, Figures | float] = {
        name: {
            "worst": min(figures[name] for figures in terms.values()),
            "mean": rounded(float(np.mean([figures[name] for figures in terms.values()]))),
        }
        for name in _AREAS
    }
    named = float(np.mean([figures["false_positives"] for figures in terms.values()]))
    return areas | {"fpr_gap": rounded(named - _neutral_false_positives(score, label))}


def by_term(score: Scoring, label: str = "toxic") -> dict[str, Figures]:
    """The areas and the share of false positives for each term, named "language: term"."""
    found: dict[str, Figures] = {}
    for terms in TERMS:
        benign = _sides(score, terms, terms.benign, label)
        abusive = _sides(score, terms, terms.abusive, label)
        for row, term in enumerate(terms.terms):
            found[f"{terms.language}: {term}"] = _areas(benign, abusive, row)
    return found


def by_mention(
    texts: Sequence[str], targets: NDArray[np.float32], scores: Scores, threshold: float = THRESHOLD
) -> dict[str, Figures]:
    """The same areas on real rows: `targets` 0..1 (NaN where not annotated) and scores of one label, row by row.

    A term appears where at least 15 of the rows that mention it lie on each side.
    """
    known = ~np.isnan(targets)
    bad = targets >= threshold
    found: dict[str, Figures] = {}
    for terms in TERMS:
        for term in terms.terms:
            word = re.compile(rf"\b{re.escape(term)}\b", re.I)
            named = np.array([word.search(text) is not None for text in texts]) & known
            if min((named & bad).sum(), (named & ~bad).sum()) >= _FEWEST:
                found[f"{terms.language}: {term}"] = _real_areas(scores, named, known & ~named, bad)
    return found


def _real_areas(scores: Scores, named: NDArray[np.bool_], others: NDArray[np.bool_], bad: NDArray[np.bool_]) -> Figures:
    benign, abusive = scores[named & ~bad], scores[named & bad]
    figures = _three(benign, abusive, scores[others & ~bad], scores[others & bad])
    return figures | {"false_positives": rounded((benign >= THRESHOLD).mean()), "rows": float(named.sum())}


def _sides(score: Scoring, terms: Terms, sentences: Sequence[str], label: str) -> Scores:
    """Scores, terms x sentences."""
    texts = [sentence.format(term) for term in terms.terms for sentence in sentences]
    return asked(score, texts, label).reshape(len(terms.terms), len(sentences))


def _areas(benign: Scores, abusive: Scores, row: int) -> Figures:
    others = np.arange(len(benign)) != row
    figures = _three(benign[row], abusive[row], benign[others].ravel(), abusive[others].ravel())
    return figures | {"false_positives": rounded((benign[row] >= THRESHOLD).mean())}


def _three(benign: Scores, abusive: Scores, other_benign: Scores, other_abusive: Scores) -> Figures:
    areas = (area(benign, abusive), area(benign, other_abusive), area(other_benign, abusive))
    return dict(zip(_AREAS, map(rounded, areas), strict=True))


def _neutral_false_positives(score: Scoring, label: str) -> float:
    """The mean over the terms' languages, each weighed by its number of terms, as the terms' own mean is."""
    shares = [
        (asked(score, [s.format(noun) for noun in terms.neutral for s in terms.benign], label) >= THRESHOLD).mean()
        for terms in TERMS
    ]
    return float(np.average(shares, weights=[len(terms.terms) for terms in TERMS]))
