"""The widget's figures as tables on the screen."""

from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table


def show_widget(figures: dict[str, Any], console: Console) -> None:
    """What loads, what is seen when, and whatever could not be measured, with its reason."""
    console.print(_sizes(figures["sizes"]))
    for name, why in figures["sizes"]["absent"].items():
        console.print(f"{name} has no figure: {why}.")
    visits = figures["visits"]
    if "not_measured" in visits:
        console.print(f"What a reader sees was not measured: {visits['not_measured']}.")
        return
    for scene in visits["scenes"]:
        console.print(_visits(scene))


def _narrow(title: str) -> Table:
    return Table(title=title, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)


def _sizes(sizes: dict[str, Any]) -> Table:
    table = _narrow("What a page loads for its comments")
    for heading in ("", "files"):
        table.add_column(heading)
    for heading in ("bytes", "gzip -9", "times ours"):
        table.add_column(heading, justify="right")
    ours = sizes["first"][0]["gzip_9_bytes"]
    for row in sizes["first"]:
        packed = row["gzip_9_bytes"]
        table.add_row(row["name"], row["files"], f"{row['bytes']:,}", f"{packed:,}", f"{packed / ours:.1f}")
    table.add_section()
    for row in sizes["later"]:
        table.add_row(row["name"], row["files"], f"{row['bytes']:,}", f"{row['gzip_9_bytes']:,}")
    return table


def _visits(scene: dict[str, Any]) -> Table:
    slowed = f", processor slowed {scene['slowed']}x" if scene["slowed"] > 1 else ""
    table = _narrow(f"To the first comment painted: a thread of {scene['comments']:,}{slowed}")
    for heading in ("visit", ""):
        table.add_column(heading, no_wrap=True)
    for heading in ("ms", "of Isso", "shift", "tasks>50", "longest", "fetches", "drawn"):
        table.add_column(heading, justify="right", no_wrap=True)
    for kind in ("cold", "warm"):
        for name, rows in scene["results"].items():
            share = scene["share_of_isso"].get(name, {}).get(kind)
            table.add_row(kind, name, *_cells(rows[kind], share))
    return table


def _cells(row: dict[str, float], share: float | None) -> list[str]:
    return [
        f"{row['first_comment_ms']:,.0f}",
        "" if share is None else f"{share:.0%}",
        f"{row['shift']:.3f}",
        f"{row['long_tasks']:.0f}",
        f"{row['longest_task_ms']:,.0f}",
        f"{row['requests']:.0f}",
        f"{row['drawn']:,.0f}",
    ]
