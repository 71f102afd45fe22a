"""The road from submissions to predictions: normalise, hash, weigh, calibrate, explain.

Here: `Model` and `load`. Not here: how weights are found (`training`), which artifact is in use (`registry`).
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier import artifact as artifacts
from classifier import calibration
from classifier.artifact import Artifact, ArtifactError
from classifier.correction import CorrectedColumn, Correction, correction, is_correction
from classifier.features import FAMILIES, SIGNALS, VERSION, Grams, family_grams, signal_values
from classifier.language import UNKNOWN, language_of
from classifier.prediction import Prediction, Reason, Submission
from classifier.reasons import Weighed, reasons_for
from classifier.text import Traced, cut, normalise

Logits = NDArray[np.float64]

SHIPPED = Path(__file__).parent / "models" / "shipped"
BESIDE_LABELS = ("spam",)  # a name or a website says nothing about whether a text is toxic
_WORTH_A_REASON = 0.25
_LABELS_EXPLAINED = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """Submissions made ready for weighing; shared by inference and training so that both see the same."""

    submissions: list[Submission]
    heads: list[int]  # length of the unbroken beginning of each text that was read
    gaps: list[int]  # characters left out after it
    texts: list[Traced]
    grams: dict[str, Grams]
    beside: dict[str, Grams]  # grams of name and website, in the same buckets as the text's
    signals: NDArray[np.float32]


def read_submissions(submissions: Sequence[Submission], buckets: int) -> Reading:
    """Everything that is computed before weights come in. Raises nothing, whatever the texts hold."""
    cuts = [cut(s.text) for s in submissions]
    read = [
        Submission(c[0], s.name[:200], s.website[:400], s.title[:600], s.parent[:600])
        for s, c in zip(submissions, cuts, strict=True)
    ]
    texts = [normalise(s.text) for s in read]
    beside = [_beside(s) for s in read]
    return Reading(
        submissions=read,
        heads=[c[1] for c in cuts],
        gaps=[c[2] for c in cuts],
        texts=texts,
        grams=family_grams([t.text for t in texts], buckets),
        beside=family_grams(beside, buckets) if any(beside) else {},
        signals=signal_values(read, texts),
    )


def _beside(submission: Submission) -> str:
    fields = f"{submission.name} {submission.website}" if submission.name or submission.website else ""
    return normalise(fields.replace("-", " ").replace("/", " ").replace("_", " ")).text.strip() if fields else ""


class Model:
    """A model ready to score. Safe to share between threads: nothing in it changes after loading."""

    def __init__(self, artifact: Artifact) -> None:
        self.manifest: dict[str, Any] = artifact.manifest
        self.digest = artifact.digest
        _check_features(artifact.manifest)
        self.labels: tuple[str, ...] = tuple(artifact.manifest["labels"])
        self.gram_weights = artifact.arrays["weights"].astype(np.float16, copy=False)  # half of a worker's memory
        self.signal_weights = artifact.arrays["signals"].astype(np.float64)
        self.intercepts = artifact.arrays["intercepts"].astype(np.float64)
        self._learned = _learned(artifact.manifest)
        self.correction: Correction | None = None
        self._base_digest = artifact.digest
        self._tables = [calibration.table(artifact.manifest["calibration"][label]) for label in self.labels]
        self._beside = np.array([label in BESIDE_LABELS for label in self.labels], dtype=np.float64)
        self._check_shapes()

    @property
    def buckets(self) -> int:
        """How many weights a label has; a power of two."""
        return len(self.gram_weights)

    def learned(self, label: str) -> frozenset[str]:
        """The languages (ISO 639-1) of which a label has learned enough for its scores to be more than a guess."""
        return self._learned[label]

    def corrected(self, correction: Correction) -> Model:
        """This model with a site's correction in place of any that it has; the large arrays are shared, not copied.

        Raises `ArtifactError` where the correction was fitted to another base.
        """
        if correction.base != self._base_digest or correction.labels != self.labels:
            raise ArtifactError(
                f"the correction was fitted to base model {correction.base[:16]}, "
                f"this one is {self._base_digest[:16]}: retrain the site"
            )
        model = copy.copy(self)
        model.correction, model.digest = correction, correction.digest
        model._learned = {label: self._learned[label] | more for label, more in _learned(correction.manifest).items()}
        return model

    def predict(self, submissions: Sequence[Submission]) -> list[Prediction]:
        """Score submissions, best in batches. Reasons are given for scores that stand out; `explain` gives all."""
        if not submissions:
            return []
        reading = read_submissions(submissions, self.buckets)
        scores = self._scores(reading)
        wanted = [self._outstanding(row) for row in scores]
        return self._predictions(reading, scores, wanted)

    def scores(self, submissions: Sequence[Submission]) -> Logits:
        """Calibrated probabilities alone, one row for each submission, one column for each of `labels`."""
        return self._scores(read_submissions(submissions, self.buckets))

    def explain(self, submission: Submission) -> Prediction:
        """Score one submission with the reasons, up and down, for every label.

        All pieces, all signals and the intercept add up to `logits`: of a base model its logit before calibration, of a
        corrected one (1 + slope) times that logit plus the correction's grams, signals and intercept.
        """
        reading = read_submissions([submission], self.buckets)
        scores = self._scores(reading)
        return self._predictions(reading, scores, [list(range(len(self.labels)))])[0]

    def logits(self, submissions: Sequence[Submission]) -> Logits:
        """The sums that reasons explain, before calibration; one row a submission, one column for each of `labels`."""
        reading = read_submissions(submissions, self.buckets)
        if self.correction is None:
            return self._base_logits(reading)
        return (1 + self.correction.slopes) * self._base_logits(reading) + self._added(reading, self.correction)

    def _base_logits(self, reading: Reading) -> Logits:
        signals = reading.signals.astype(np.float64) @ self.signal_weights
        return self._from_grams(reading, self.gram_weights) + signals + self.intercepts

    def _added(self, reading: Reading, correction: Correction) -> Logits:
        signals = reading.signals.astype(np.float64) @ correction.signals
        return self._from_grams(reading, correction.grams) + signals + correction.intercepts

    def _from_grams(self, reading: Reading, table: NDArray[Any]) -> Logits:
        rows = len(reading.texts)
        total = np.zeros((rows, len(self.labels)))
        for family in FAMILIES:
            total += family.share * self._weighed(reading.grams[family.name], rows, table)
            if reading.beside:
                total += family.share * self._weighed(reading.beside[family.name], rows, table) * self._beside
        return total

    def _weighed(self, grams: Grams, rows: int, table: NDArray[Any]) -> Logits:
        """Sum of the weights of each row's grams over the square root of their number."""
        total = np.zeros((rows, len(self.labels)))
        if not len(grams.row):
            return total
        begins = np.ones(len(grams.row), dtype=bool)  # rows come in runs, one run a gram length
        np.not_equal(grams.row[1:], grams.row[:-1], out=begins[1:])
        starts = begins.nonzero()[0]
        weights = table.take(grams.bucket & (len(table) - 1), axis=0)  # three times as quick as indexing
        sums = np.add.reduceat(weights.astype(np.float32, copy=False), starts, axis=0)
        np.add.at(total, grams.row[starts], sums)
        counts = np.bincount(grams.row, minlength=rows)
        return np.asarray(total / np.sqrt(np.maximum(counts, 1))[:, None], dtype=np.float64)

    def _scores(self, reading: Reading) -> Logits:
        logits = self._base_logits(reading)
        bent = np.stack([table.bent(logits[:, i]) for i, table in enumerate(self._tables)], axis=1)
        if self.correction is not None:
            bent = (1 + self.correction.slopes) * bent + self._added(reading, self.correction)
        return np.asarray(1.0 / (1.0 + np.exp(-bent)), dtype=np.float64)

    def _outstanding(self, scores: NDArray[np.float64]) -> list[int]:
        best = np.argsort(-scores, kind="stable")[:_LABELS_EXPLAINED]
        return [int(i) for i in best if scores[i] >= _WORTH_A_REASON]

    def _predictions(self, reading: Reading, scores: Logits, wanted: list[list[int]]) -> list[Prediction]:
        explained = [row for row, labels in enumerate(wanted) if labels]
        reasons = {row: self._reasons(reading, row, wanted[row]) for row in explained}
        languages = [
            language_of(submission.text, text.text)
            for submission, text in zip(reading.submissions, reading.texts, strict=True)
        ]
        return [
            Prediction(
                scores={label: round(float(s), 4) for label, s in zip(self.labels, scores[row], strict=True)},
                language=language,
                reasons=reasons.get(row, []),
                model=self.digest,
                unsure=self._unsure(language),
            )
            for row, language in enumerate(languages)
        ]

    def _unsure(self, language: str) -> tuple[str, ...]:
        if language == UNKNOWN:  # a few words, or a mixture: no language to be unsure of
            return ()
        return tuple(label for label in self.labels if language not in self._learned[label])

    def _reasons(self, reading: Reading, row: int, labels: list[int]) -> list[Reason]:
        weighed = Weighed(
            text=reading.texts[row],
            head=reading.heads[row],
            gap=reading.gaps[row],
            grams=self.grams_of(reading, row),
            beside=[(f.share, _of_row(reading.beside[f.name], row)) for f in FAMILIES if reading.beside],
            signals=reading.signals[row],
        )
        found: list[Reason] = []
        for label in labels:
            found += reasons_for(
                self.labels[label],
                weighed,
                *self._columns(label),
                bool(self._beside[label]),
            )
        return found

    def _columns(self, label: int) -> tuple[NDArray[np.float16] | CorrectedColumn, NDArray[np.float64]]:
        """One label's weights of grams and of signals, the correction's in them."""
        grams, signals = self.gram_weights[:, label], self.signal_weights[:, label]
        if self.correction is None:
            return grams, signals
        factor = 1 + float(self.correction.slopes[label])
        with_correction = CorrectedColumn(grams, self.correction.grams[:, label], factor)
        return with_correction, factor * signals + self.correction.signals[:, label]

    def grams_of(self, reading: Reading, row: int) -> list[tuple[float, Grams]]:
        """One submission's grams of each family, with the family's share of the score."""
        return [(family.share, _of_row(reading.grams[family.name], row)) for family in FAMILIES]

    def _check_shapes(self) -> None:
        labels = len(self.labels)
        shapes = (self.gram_weights.shape[1:], self.signal_weights.shape, self.intercepts.shape)
        if self.gram_weights.ndim != 2 or shapes != ((labels,), (len(SIGNALS), labels), (labels,)):
            raise ArtifactError("the artifact's arrays do not fit its labels and signals")
        if self.buckets & (self.buckets - 1) or not np.isfinite(self.gram_weights).all():
            raise ArtifactError("the artifact's weights are not a power of two of finite numbers")


def _of_row(grams: Grams, row: int) -> Grams:
    mine = grams.row == row
    return Grams(grams.bucket[mine], grams.row[mine], grams.begin[mine], grams.end[mine])


def _learned(manifest: dict[str, Any]) -> dict[str, frozenset[str]]:
    """The languages of which each label has learned enough to be more than a guess."""
    return {label: frozenset(manifest.get("languages", {}).get(label, ())) for label in manifest["labels"]}


def _check_features(manifest: dict[str, Any]) -> None:
    features = manifest.get("features", {})
    if features.get("version") != VERSION or tuple(features.get("signals", ())) != SIGNALS:
        raise ArtifactError(
            f"the artifact was made for version {features.get('version')!r} of the features; this is {VERSION}: retrain"
        )


def load(path: Path | None = None, base: Model | None = None) -> Model:
    """Load a model: the one that ships where `path` is None, else an artifact folder or packed file.

    A site's correction is put on `base`, or on the model that ships where none is given; a `base` that is corrected
    already lends what lies beneath. Raises `ArtifactError` (one line, for people) where the artifact is missing,
    damaged, or made for another version or base.
    """
    where = SHIPPED if path is None else Path(path)
    try:
        artifact = artifacts.read(where)
        if is_correction(artifact):
            return (base or load()).corrected(correction(artifact))
        return Model(artifact)
    except (KeyError, TypeError, ValueError) as error:
        raise ArtifactError(f"{where}: the manifest lacks or garbles {error}") from None
