"""From a logit to a probability by a table that never falls. Here: applying it. Not here: finding it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Table:
    """A piecewise linear curve from logits to calibrated logits; beyond its ends it stays level."""

    logits: NDArray[np.float64]
    calibrated: NDArray[np.float64]

    def bent(self, logits: NDArray[np.float64]) -> NDArray[np.float64]:
        """Calibrated logits; the sigmoid of them is the probability."""
        return np.asarray(np.interp(logits, self.logits, self.calibrated), dtype=np.float64)

    def as_json(self) -> dict[str, list[float]]:
        return {"logits": self.logits.tolist(), "calibrated": self.calibrated.tolist()}


def table(plain: Mapping[str, Sequence[float]]) -> Table:
    """Read a table from a manifest. Raises ValueError where it is not a curve that never falls."""
    logits = np.asarray(plain["logits"], dtype=np.float64)
    calibrated = np.asarray(plain["calibrated"], dtype=np.float64)
    if logits.ndim != 1 or len(logits) < 2 or logits.shape != calibrated.shape:
        raise ValueError("a calibration table needs two or more points")
    if not (np.isfinite(logits).all() and np.isfinite(calibrated).all()):
        raise ValueError("a calibration table holds something that is not a number")
    if (np.diff(logits) <= 0).any() or (np.diff(calibrated) < 0).any():
        raise ValueError("a calibration table must rise")
    return Table(logits, calibrated)
