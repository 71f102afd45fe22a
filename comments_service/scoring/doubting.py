"""Has doubtful decisions found, in a process of its own as `fitting` does. What becomes of them is not known here."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from comments_service.scoring.fitting import ONE_THREAD, FittingFailed

_DOUBTFUL = (sys.executable, "-m", "classifier.cli", "doubtful")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A decision about the comment `id`: a person said `given` of `label`, the other decisions give it `score` (0..1).

    `twins` are near-duplicates that were decided the other way.
    """

    id: str
    label: str
    given: bool
    score: float
    twins: tuple[str, ...]


def find_doubts(examples: Path, *, base: Path | None, most: int) -> list[Doubt]:
    """The strongest doubts about the decisions in a file of examples. Progress goes to standard error.

    Raises FittingFailed, after the process has said why in one line.
    """
    command = [*_DOUBTFUL, str(examples), "--json", "--most", str(most)]
    command += ["--base", str(base)] if base else []
    done = subprocess.run(command, stdout=subprocess.PIPE, env=ONE_THREAD | os.environ, check=False)
    if done.returncode != 0:
        raise FittingFailed
    return [
        Doubt(one["id"], one["label"], one["given"], one["score"], tuple(one["twins"]))
        for one in json.loads(done.stdout)["doubts"]
    ]
