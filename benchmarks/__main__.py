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

from benchmarks import decisions, posts, quality, queue_pages, reads, scoring, widget
from benchmarks.machine import machine
from benchmarks.servers import ROOT
from benchmarks.tables import show

RESULTS = ROOT / "build" / "bench"
PARTS = ("reads", "posts", "decisions", "widget", "quality", "classifier")
ON_REQUEST = ("queue",)  # fills two databases with a million comments each, which takes a quarter of an hour
BESIDE = ROOT.parent / "shared" / "data"


@click.command()
@click.option(
    "--only", type=click.Choice(PARTS + ON_REQUEST), multiple=True, help="Measure just this; may be repeated."
)
@click.option("--rounds", default=5, show_default=True, help="Rounds whose median counts.")
@click.option("--seconds", default=1.0, show_default=True, help="Length of one load.")
@click.option("--comments", default=30, show_default=True, help="Comments to time from POST to decision.")
@click.option(
    "--data",
    envvar="COMMENTS_DATA",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=BESIDE if BESIDE.is_dir() else None,
    help="The folder with the labelled comments, for the quality; ../shared/data where it exists.",
)
@click.option("--keep", type=click.Path(path_type=Path), help="Keep the servers' data and logs in this folder.")
def main(
    only: tuple[str, ...], rounds: int, seconds: float, comments: int, data: Path | None, keep: Path | None
) -> None:
    """Measure the service beside a bare WSGI function and Isso, widget and classifier beside others. Takes minutes."""
    console = Console()
    status = console.status("Starting …")
    measures: dict[str, Callable[[Path], dict[str, Any]]] = {
        "reads": lambda folder: reads.measure(folder, rounds, seconds),
        "posts": lambda folder: posts.measure(folder, rounds, seconds),
        "decisions": lambda folder: decisions.measure(folder, comments),
        "widget": lambda folder: widget.measure(
            folder, rounds, lambda step: status.update(f"Measuring widget: {step} …")
        ),
        "quality": lambda _: quality.measure(data, lambda step: status.update(f"Measuring quality: {step} …")),
        "classifier": lambda _: scoring.measure(rounds),
        "queue": lambda folder: queue_pages.measure(
            folder, rounds, lambda step: status.update(f"Measuring queue: {step} …")
        ),
    }
    figures: dict[str, Any] = {"machine": machine()}
    with tempfile.TemporaryDirectory(prefix="comments-bench-") as scratch, status:
        for name in only or PARTS:
            folder = (keep or Path(scratch)) / name
            folder.mkdir(parents=True)
            status.update(f"Measuring {name} …")
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
