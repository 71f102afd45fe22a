"""The classifier alone, in a process of its own: loading, one comment at a time, batches of 64, memory."""

import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.texts import unique_texts

BATCH = 64


def measure(rounds: int) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.scoring", str(rounds)], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"the classifier could not be measured: {done.stderr[-1000:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _resident_mib() -> float:
    """Memory of this process now; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def _measured(rounds: int) -> dict[str, Any]:
    before, begun = _resident_mib(), time.perf_counter()
    from classifier import Submission, load  # noqa: PLC0415 (loading it is what is measured)

    model = load()
    texts = unique_texts()
    # The first prediction makes what is made lazily; who starts a worker waits for it as well.
    model.predict([Submission(next(texts))])
    loaded_s = time.perf_counter() - begun
    singles, batches = [], []
    for _ in range(rounds * 40):
        one = [Submission(next(texts), name="Reader", title="The quay")]
        begun = time.perf_counter()
        model.predict(one)
        singles.append(time.perf_counter() - begun)
    for _ in range(rounds * 3):
        many = [Submission(next(texts), name="Reader", title="The quay") for _ in range(BATCH)]
        begun = time.perf_counter()
        model.predict(many)
        batches.append(time.perf_counter() - begun)
    return {
        "load_s": loaded_s,
        "resident_mib": _resident_mib(),
        "of_that_model_mib": _resident_mib() - before,
        "single_ms_p50": median(singles) * 1000,
        "single_ms_p99": sorted(singles)[int(0.99 * len(singles))] * 1000,
        "batch_of_64_comments_per_s": BATCH / median(batches),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measured(int(sys.argv[1]))))
