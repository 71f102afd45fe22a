"""Does a score of 0.7 mean seven in ten? Scores beside what was seen, on rows that no weight was fitted to.

Each source is brought to the assumed base rate by itself, as calibration does, because the sets' own rates are
accidents of their making. Here: the bins and one error figure. Not here: finding the curve (`calibrate`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from classifier.training.calibrate import at_rates

_EDGES = np.array((0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0))
_FEWEST = 10  # rows of a bin that are worth showing


class Rows(Protocol):
    """Annotated rows of one source with their scores."""

    @property
    def name(self) -> str: ...
    @property
    def unseen(self) -> bool: ...
    def known(self, label: str) -> tuple[NDArray[np.float32], NDArray[np.float64]]: ...


def reliability(kept: Sequence[Rows], label: str, rate: float) -> dict[str, Any]:
    """{"error": expected calibration error, "bins": [{"said", "seen", "rows"}]} on the sources that were trained on."""
    found = [(one.name, *one.known(label)) for one in kept if not one.unseen]
    found = [entry for entry in found if len(entry[1])]
    targets = np.concatenate([entry[1] for entry in found]).astype(np.float64)
    scores = np.concatenate([entry[2] for entry in found])
    strata = np.concatenate([np.full(len(entry[1]), entry[0]) for entry in found])
    weights = at_rates(targets, np.ones(len(targets)), strata, rate)
    bins = np.clip(np.searchsorted(_EDGES, scores, side="right") - 1, 0, len(_EDGES) - 2)
    rows = []
    for number in range(len(_EDGES) - 1):
        mine = (bins == number) & (weights > 0)
        if mine.sum() >= _FEWEST:
            said, seen = (float(np.average(values[mine], weights=weights[mine])) for values in (scores, targets))
            rows.append(
                {
                    "said": round(said, 3),
                    "seen": round(seen, 3),
                    "rows": int(mine.sum()),
                    "weight": float(weights[mine].sum()),
                }
            )
    whole = sum(row["weight"] for row in rows) or 1.0
    error = sum(abs(row["said"] - row["seen"]) * row["weight"] for row in rows) / whole
    return {"error": round(error, 4), "bins": [{k: row[k] for k in ("said", "seen", "rows")} for row in rows]}
