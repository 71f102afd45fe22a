"""Corrections of the model that ships, made by hand: they shift every score of a label by so many logits."""

import functools
from pathlib import Path
from typing import Any

import numpy as np

from classifier import LABELS, load
from classifier.artifact import write
from classifier.features import SIGNALS, VERSION

BUCKETS = 1 << 16


@functools.cache
def base_digest() -> str:
    """Digest of the model that ships."""
    return load().digest


def write_correction(folder: Path, base: str = "", manifest: dict[str, Any] | None = None, **shifts: float) -> Path:
    """An artifact whose scores are the base's, moved by `shifts` (label=logits)."""
    made = {
        "kind": "correction",
        "base": base or base_digest(),
        "labels": list(LABELS),
        "features": {"version": VERSION, "signals": list(SIGNALS)},
        **(manifest or {}),
    }
    arrays = {
        "corrections": np.zeros((BUCKETS, len(LABELS)), np.float16),
        "signals": np.zeros((len(SIGNALS), len(LABELS))),
        "intercepts": np.array([shifts.get(label, 0.0) for label in LABELS]),
        "slopes": np.zeros(len(LABELS)),
    }
    write(folder, made, arrays)
    return folder
