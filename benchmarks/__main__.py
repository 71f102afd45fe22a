"""`python -m benchmarks` measures everything in one run; `make bench` calls it.

Writes build/bench/figures.json (the last run) and one file a run beside it, and prints the same as tables.
"""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from benchmarks import decisions, posts, reads, scoring
from benchmarks.machine import machine
from benchmarks.servers import ROOT
from benchmarks.tables import show

RESULTS = ROOT / "build" / "bench"
PARTS = ("reads", "posts", "decisions", "classifier")


@click.command()
@click.option("--only", type=click.Choice(PARTS), multiple=True, help="Measure just this; may be repeated.")
@click.option("--rounds", default=5, show_default=True, help="Rounds whose median counts.")
@click.option("--seconds", default=1.0, show_default=True, help="Length of one load.")
@click.option("--comments", default=30, show_default=True, help="Comments to time from POST to decision.")
@click.option("--keep", type=click.Path(path_type=Path), help="Keep the servers' data and logs in this folder.")
def main(only: tuple[str, ...], rounds: int, seconds: float, comments: int, keep: Path | None) -> None:
    """Measure the service beside a bare WSGI function and Isso. Takes about three minutes."""
    console = Console()
    measures: dict[str, Callable[[Path], dict[str, Any]]] = {
        "reads": lambda folder: reads.measure(folder, rounds, seconds),
        "posts": lambda folder: posts.measure(folder, rounds, seconds),
        "decisions": lambda folder: decisions.measure(folder, comments),
        "classifier": lambda folder: scoring.measure(rounds),
    }
    figures: dict[str, Any] = {"machine": machine()}
    with tempfile.TemporaryDirectory(prefix="comments-bench-") as scratch:
        for name in only or PARTS:
            folder = (keep or Path(scratch)) / name
            folder.mkdir(parents=True)
            with console.status(f"Measuring {name} …"):
                figures[name] = measures[name](folder)
    written = _write(figures)
    show(figures, console)
    console.print(f"Figures: {written.relative_to(ROOT)}")


def _write(figures: dict[str, Any]) -> Path:
    RESULTS.mkdir(parents=True, exist_ok=True)
    stamp = figures["machine"]["taken_at"].replace(":", "").replace("+0000", "Z")
    text = json.dumps(figures, indent=2) + "\n"
    (RESULTS / f"figures-{stamp}.json").write_text(text)
    last = RESULTS / "figures.json"
    last.write_text(text)
    return last


if __name__ == "__main__":
    main()
