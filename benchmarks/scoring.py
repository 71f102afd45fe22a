"""How quick and how large each classifier is, beside the others: loading, one comment at a time, batches of 64, memory.

Not here: how well they score (`quality`), what happens in the measured process (`contestant`).
"""

from itertools import islice
from statistics import median
from typing import Any

from benchmarks.contestant import CHUNK
from benchmarks.rivals import ENTRANTS, run
from benchmarks.texts import unique_texts

SINGLES = 200  # a round, for each; with five rounds the 99th percentile stands on ten comments
BATCHES = 3


def measure(rounds: int) -> dict[str, Any]:
    """Figures by name. They take turns within a round, so that a slow minute meets all of them."""
    texts = unique_texts()
    found: dict[str, list[dict[str, Any]]] = {entrant.name: [] for entrant in ENTRANTS if entrant.there()}
    for _ in range(rounds):
        singles = list(islice(texts, SINGLES))
        batches = [list(islice(texts, CHUNK)) for _ in range(BATCHES)]
        for entrant in ENTRANTS:
            if entrant.there():
                found[entrant.name].append(run(entrant, {"singles": singles, "batches": batches}))
    absent = {entrant.name: "not trained: measure the quality first" for entrant in ENTRANTS if not entrant.there()}
    return {"results": {name: _summed_up(runs) for name, runs in found.items()}, "absent": absent}


def _summed_up(runs: list[dict[str, Any]]) -> dict[str, float]:
    singles = sorted(spent for run in runs for spent in run["single_s"])
    return {
        "single_ms_p50": median(singles) * 1000,
        "single_ms_p99": singles[int(0.99 * len(singles))] * 1000,
        "batch_of_64_comments_per_s": CHUNK / median(spent for run in runs for spent in run["batch_s"]),
        **{figure: median(run[figure] for run in runs) for figure in ("size_mib", "load_s", "resident_mib")},
    }
