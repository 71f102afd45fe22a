"""What the shipped model stands beside, and how each is run: in a process of its own, one thread on the same core.

Here: names, environments, starting a measured process. Not here: what happens inside it (`contestant`), which texts it
gets (`scoring` for speed, `quality` for scores).
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from benchmarks.servers import ROOT

PLAIN = ROOT / "build" / "bench" / "plain.pickle"

_RIVALS = ROOT / "build" / "rivals" / "bin" / "python"
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@dataclass(frozen=True, slots=True)
class Entrant:
    """A row of the tables. `key` and `argument` name it to `contestant`; `own`: it lives in our environment.

    `labels` are what it has scores for.
    """

    name: str
    key: str
    labels: tuple[str, ...] = ("toxic",)
    own: bool = False
    argument: str = ""

    def there(self) -> bool:
        """Whether it can be measured: the plain baseline exists once the quality part has trained it."""
        return not self.argument or Path(self.argument).exists()


SHIPPED = Entrant("ours", "shipped", ("toxic", "spam"), own=True)
PLAIN_TFIDF = Entrant("TF-IDF", "plain", ("toxic", "spam"), own=True, argument=str(PLAIN))
ENTRANTS = (
    SHIPPED,
    PLAIN_TFIDF,
    Entrant("alt-profanity-check", "alt-profanity-check"),
    Entrant("better-profanity", "better-profanity"),
    Entrant("glin-profanity", "glin-profanity"),
    Entrant("glin-profanity, all", "glin-all"),  # with all of its languages; English alone is its default
)


def run(entrant: Entrant, task: dict[str, Any]) -> dict[str, Any]:
    """Measure one entrant. Raises `ClickException` where its environment was not built or the process failed."""
    python = Path(sys.executable) if entrant.own else _RIVALS
    if not python.exists():
        raise click.ClickException(f"{_RIVALS.relative_to(ROOT)} is missing; `make bench` builds it")
    # -P: the modules of this folder must not stand in for a rival's own dependencies.
    command = [str(python), "-P", str(ROOT / "benchmarks" / "contestant.py"), entrant.key, entrant.argument]
    done = subprocess.run(
        command,
        input=json.dumps({"singles": [], "batches": [], "score": [], **task}),
        env={**os.environ, **_ONE_THREAD},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise click.ClickException(f"{entrant.name} could not be measured: {done.stderr.strip()[-500:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found
