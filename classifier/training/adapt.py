"""From a site's decisions to a candidate: fit, judge, write. The candidate is written whatever the verdict.

The candidate is judged in two halves. What the method makes of this site's decisions is measured on the latest of them
by a correction fitted to the earlier ones. What is written is fitted to all, because the latest decisions are those
that a site cares about most; all checks that need no decisions are done on it.
Here: the order of the steps and the artifact. Not here: any step itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier import artifact
from classifier.artifact import Artifact
from classifier.correction import BUCKETS, KIND, correction
from classifier.features import SIGNALS, VERSION
from classifier.language import UNKNOWN, language_of
from classifier.pipeline import Model
from classifier.prediction import LABELS
from classifier.training.anchors import anchors_of
from classifier.training.basis import Basis, basis_of
from classifier.training.caution import FEW, Shares, cautious_shares
from classifier.training.checks import Scoring
from classifier.training.correct import Anchors, Fitted, Prior, fit_correction
from classifier.training.dataset import DataError
from classifier.training.examples import Example
from classifier.training.gate import (
    Contestants,
    HoldOut,
    Row,
    agreement_row,
    clear_case_rows,
    held_out_rows,
    hold_out,
    passed,
    standing_rows,
)
from classifier.training.lessons import Lessons, lessons_of
from classifier.training.logistic import sigmoid

Step = Callable[[str], None]
Arrays = dict[str, NDArray[Any]]

_LEARNED = 100  # decisions in a language
_UNSEEN = 50  # held-out decisions that the model in use has not learnt from, for it to be compared on them


@dataclass(frozen=True, slots=True)
class Candidate:
    """What came of a retraining. `held_out` counts the decisions that it was judged by."""

    artifact: str
    digest: str
    passed: bool
    gate: list[Row]
    examples: int
    held_out: int

    def as_json(self) -> dict[str, Any]:
        plain = {name: getattr(self, name) for name in self.__slots__}
        return plain | {"gate": [row.as_json() for row in self.gate]}


@dataclass(frozen=True, slots=True)
class _Site:
    """The examples of one site in every form that the steps need, in order of time."""

    examples: Sequence[Example]
    lessons: Lessons
    basis: Basis
    anchors: Anchors


def adapt(base: Model, current: Model, examples: Sequence[Example], target: Path, say: Step) -> Candidate:
    """Fit a correction of `base` to examples in order of time, judge it against `current`, write it to `target`.

    Raises `DataError` where `target` exists or `base` is itself corrected.
    """
    if target.exists():
        raise DataError(f"{target} exists already; choose another --out or remove it")
    if base.correction is not None:
        raise DataError("the base is a site's correction; --base must name a model that was trained from corpora")
    say(f"{len(examples)} decisions; features")
    site = _Site(examples, lessons_of(examples), basis_of(base, [e.submission for e in examples]), anchors_of(base))
    say("fitting")
    manifest = _manifest(base, site)
    fitted = fit_correction(site.basis, site.lessons.targets, site.lessons.weights, site.anchors)
    arrays = _cautiously(base, manifest, _arrays(fitted), say) if len(examples) < FEW else _arrays(fitted)
    say("the gate")
    split = hold_out(examples, site.lessons.groups)
    judged, rival = _rival(base, current, site, split)
    rows = [
        *_held_out(rival, site, split.earlier, judged),
        *standing_rows(_contestants(base, current, manifest, arrays), _mebibytes(arrays)),
        *clear_case_rows(site.lessons.said, sigmoid(site.basis.offsets), site.lessons.rows),
        agreement_row(site.basis, site.lessons, [e.moderator for e in examples], site.anchors),
    ]
    manifest["gate"] = _gate(rows, split, judged, rival)
    digest = artifact.write(target, manifest, arrays)
    return Candidate(str(target), digest, passed(rows), rows, len(examples), len(judged))


def _held_out(rival: Model, site: _Site, earlier: NDArray[np.int64], judged: NDArray[np.int64]) -> Sequence[Row]:
    lessons = site.lessons.only(earlier)
    fitted = fit_correction(site.basis.rows(earlier), lessons.targets, lessons.weights, site.anchors)
    old = rival.scores([site.examples[row].submission for row in judged])
    new = fitted.scores(site.basis.rows(judged))
    return list(held_out_rows(site.lessons.said[judged], old, new, site.lessons.rows[judged]))


def _rival(base: Model, current: Model, site: _Site, split: HoldOut) -> tuple[NDArray[np.int64], Model]:
    """The held-out decisions to judge by, and the model to beat on them.

    A correction in use may have learnt some of them already. Where it left too few, the base takes its place: a
    candidate cannot be expected to beat a model that knows the answers.
    """
    if current.correction is None:
        return split.later, current
    known_until = float(current.correction.manifest["examples"]["decided_until"])
    unseen = split.later[[site.examples[row].decided_at > known_until for row in split.later]]
    return (unseen, current) if len(unseen) >= _UNSEEN else (split.later, base)


def _contestants(base: Model, current: Model, manifest: dict[str, Any], arrays: Arrays) -> Contestants:
    """The candidate is scored as it will be stored, in half precision."""
    return Contestants(base.scores, current.scores, _scoring(base, manifest, arrays))


def _scoring(base: Model, manifest: dict[str, Any], arrays: Arrays) -> Scoring:
    return base.corrected(correction(Artifact(manifest, "", arrays))).scores


def _cautiously(base: Model, manifest: dict[str, Any], arrays: Arrays, say: Step) -> Arrays:
    """As much of the correction as so few decisions can carry; the manifest says how much."""

    def part(shares: Shares) -> Arrays:
        by_label = np.array([shares.spam if label == "spam" else shares.toxic for label in LABELS])
        return {name: (by_label * array).astype(array.dtype) for name, array in arrays.items()}

    shares = cautious_shares(base.scores, lambda shares: _scoring(base, manifest, part(shares)))
    manifest["shares"] = asdict(shares)
    say(f"below {FEW} decisions, as far as no clear case is lost: spam {shares.spam:.0%}, toxicity {shares.toxic:.0%}")
    return part(shares)


def _arrays(fitted: Fitted) -> Arrays:
    return {
        "corrections": fitted.grams.astype(np.float16),
        "signals": fitted.signals.astype(np.float32),
        "intercepts": fitted.intercepts.astype(np.float32),
        "slopes": fitted.slopes.astype(np.float32),
    }


def _mebibytes(arrays: Arrays) -> float:
    return sum(array.nbytes for array in arrays.values()) / 2**20


def _manifest(base: Model, site: _Site) -> dict[str, Any]:
    said = site.lessons.said
    return {
        "kind": KIND,
        "base": base.digest,
        "labels": list(LABELS),
        "features": {"version": VERSION, "buckets": BUCKETS, "signals": list(SIGNALS)},
        "prior": asdict(Prior()),
        "fitted_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "languages": _languages(site),
        "examples": {
            "decisions": len(site.examples),
            "distinct": len(np.unique(site.lessons.groups)),
            "decided_from": site.examples[0].decided_at,
            "decided_until": site.examples[-1].decided_at,
            "streams": dict(sorted(Counter(example.stream for example in site.examples).items())),
            "labels": {
                label: {"for": int((said[:, i] >= 0.5).sum()), "against": int((said[:, i] < 0.5).sum())}
                for i, label in enumerate(LABELS)
            },
        },
    }


def _languages(site: _Site) -> dict[str, list[str]]:
    """The languages of which a label has been decided often enough for the site's model to be more than a guess."""
    languages = np.array([language_of(example.submission.text) for example in site.examples])
    learned = {}
    for column, label in enumerate(LABELS):
        names, counts = np.unique(languages[~np.isnan(site.lessons.said[:, column])], return_counts=True)
        learned[label] = [str(name) for name in names[counts >= _LEARNED] if name != UNKNOWN]
    return learned


def _gate(rows: list[Row], split: HoldOut, judged: NDArray[np.int64], rival: Model) -> dict[str, Any]:
    return {
        "passed": passed(rows),
        "rows": [row.as_json() for row in rows],
        "held_out": len(judged),
        "threads_torn": split.threads_torn,
        "compared_with": rival.digest,
    }
