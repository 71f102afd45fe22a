"""A site's correction of a base model: what its moderators' decisions add to the scores of the model that ships.

    final logit = (1 + slope) * calibrated logit of the base + grams + signals + intercept        for each label
    score       = sigmoid(final logit)

The correction looks at the same grams and signals as its base. Its table is smaller: a gram's bucket there is its
bucket in the base modulo the table's length. Here: reading and checking one. Not here: finding its weights
(`classifier.training.adapt`), applying it (`pipeline`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.artifact import Artifact, ArtifactError
from classifier.features import SIGNALS, VERSION

KIND = "correction"
BUCKETS = 1 << 16  # 1 MiB of half-precision weights for eight labels


@dataclass(frozen=True, slots=True)
class Correction:
    """`grams` is buckets x labels, `signals` SIGNALS x labels, `intercepts` and `slopes` one a label, all in logits."""

    manifest: dict[str, Any]
    digest: str
    labels: tuple[str, ...]
    base: str  # digest of the model that it corrects; on any other its numbers would mean nothing
    grams: NDArray[np.float16]
    signals: NDArray[np.float64]
    intercepts: NDArray[np.float64]
    slopes: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CorrectedColumn:
    """One label's gram weights, base and correction together, indexed by the base's buckets."""

    base: NDArray[np.float16]
    grams: NDArray[np.float16]
    factor: float  # 1 + slope

    def __getitem__(self, bucket: NDArray[np.int64]) -> NDArray[np.float64]:
        base = self.base[bucket].astype(np.float64)  # in half precision the sum would not be that of the scores
        return np.asarray(self.factor * base + self.grams[bucket & (len(self.grams) - 1)], np.float64)


def is_correction(artifact: Artifact) -> bool:
    """Whether an artifact is a correction; anything else is a model by itself."""
    return artifact.manifest.get("kind") == KIND


def correction(artifact: Artifact) -> Correction:
    """Read a correction from a verified artifact. Raises `ArtifactError` where its arrays do not fit together."""
    manifest, arrays = artifact.manifest, artifact.arrays
    if manifest["features"]["version"] != VERSION:
        raise ArtifactError("the correction was made for another version of the features: retrain")
    found = Correction(
        manifest=manifest,
        digest=artifact.digest,
        labels=tuple(manifest["labels"]),
        base=str(manifest["base"]),
        grams=arrays["corrections"].astype(np.float16),
        signals=arrays["signals"].astype(np.float64),
        intercepts=arrays["intercepts"].astype(np.float64),
        slopes=arrays["slopes"].astype(np.float64),
    )
    _check_shapes(found)
    return found


def _check_shapes(found: Correction) -> None:
    labels, buckets = len(found.labels), len(found.grams)
    shapes = (found.grams.shape, found.signals.shape, found.intercepts.shape, found.slopes.shape)
    if shapes != ((buckets, labels), (len(SIGNALS), labels), (labels,), (labels,)) or buckets & (buckets - 1):
        raise ArtifactError("the correction's arrays do not fit its labels and signals")
    if not all(np.isfinite(array).all() for array in (found.grams, found.signals, found.intercepts, found.slopes)):
        raise ArtifactError("the correction holds something that is not a finite number")
