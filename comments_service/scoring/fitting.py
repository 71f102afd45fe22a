"""Has a candidate made of a site's examples, in a process of its own: learning loads libraries that scoring does not.

The two sides exchange files: examples as JSON lines, the candidate as an artifact, the verdict as JSON.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ADAPT = (sys.executable, "-m", "classifier.cli", "adapt")

# It shares the machine with the readers; and threads that wait for each other on busy cores took four times as long.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


class FittingFailed(Exception):
    """No candidate came of it. Why was said on standard error, in one line, by the process that failed."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """`artifact` is its folder; `gate` the rows as in its manifest: metric, old, new, bound, n, verdict, sentence."""

    artifact: Path
    passed: bool
    gate: list[dict[str, Any]]
    examples: int
    held_out: int


def fit(examples: Path, out: Path, *, base: Path | None, current: Path | None) -> Candidate:
    """Fit a correction of `base` (None: the model that ships) and judge it against `current` (None: the base).

    Its progress goes to standard error. Raises FittingFailed.
    """
    command = [*ADAPT, str(examples), "--out", str(out), "--json"]
    command += [*_option("--base", base), *_option("--current", current)]
    done = subprocess.run(command, stdout=subprocess.PIPE, env=ONE_THREAD | os.environ, check=False)
    if done.returncode != 0:
        raise FittingFailed
    told = json.loads(done.stdout)
    return Candidate(Path(told["artifact"]), told["passed"], told["gate"], told["examples"], told["held_out"])


def _option(name: str, path: Path | None) -> list[str]:
    return [name, str(path)] if path else []
