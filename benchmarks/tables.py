"""The figures as tables on the screen. Not here: classifiers (`contest_tables`), the widget (`widget.tables`)."""

from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.contest_tables import show_quality, show_speed
from benchmarks.widget.tables import show_widget


def show(figures: dict[str, Any], console: Console) -> None:
    console.print(" · ".join(f"{name} {value}" for name, value in figures["machine"].items()), style="dim")
    for name, title, unit in (
        ("reads", "Reads of a thread with 100 comments", "reads_per_s"),
        ("posts", "Durable POSTs", "posts_per_s"),
    ):
        if name in figures:
            console.print(_rates(title, figures[name]["runs"], unit))
    if "posts" in figures:
        console.print(_facts("After kill -9 of the web processes in mid-load", figures["posts"]["kill"]))
    if "decisions" in figures:
        console.print(_facts("From POST to decision", figures["decisions"]))
    if "widget" in figures:
        show_widget(figures["widget"], console)
    if "queue" in figures:
        for database, found in figures["queue"].items():
            console.print(_pages(database, found))
    if "quality" in figures:
        show_quality(figures["quality"], console)
    if "classifier" in figures:
        show_speed(figures["classifier"], console)


def _rates(title: str, runs: list[dict[str, Any]], unit: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("", no_wrap=True)
    for heading in ("conn.", unit.replace("_per_", "/"), "p50 ms", "p99 ms"):
        table.add_column(heading, justify="right")
    table.add_column("beside")
    for run in runs:
        for name, row in run["results"].items():
            beside = "\n".join(f"{row[key]:.2f} {key}" for key in row if key.startswith("times "))
            figures = (f"{row[unit]:,.0f}", f"{row['p50_ms']:.1f}", f"{row['p99_ms']:.1f}")
            table.add_row(name, str(run["connections"]), *figures, beside)
        table.add_section()
    return table


def _pages(database: str, found: dict[str, Any]) -> Table:
    few, many = (f"{int(size):,}" for size in found["filled_s"])
    table = Table(title=f"A page of the queue, p95, on {database}", title_justify="left")
    table.add_column("")
    for heading in (f"{few}: ms", f"{many}: ms", "ratio"):
        table.add_column(heading, justify="right")
    for name, row in found["pages"].items():
        table.add_row(name, f"{row['few_ms']:.1f}", f"{row['many_ms']:.1f}", f"{row['ratio']:.2f}")
    return table


def _facts(title: str, facts: dict[str, Any]) -> Table:
    table = Table(title=title, title_justify="left", show_header=False)
    table.add_column("")
    table.add_column("", justify="right")
    for name, value in facts.items():
        table.add_row(name.replace("_", " "), f"{value:,.2f}" if isinstance(value, float) else str(value))
    return table
