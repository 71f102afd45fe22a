"""Classifiers side by side on the screen: quality by source, and what each costs. Not here: measuring."""

from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

COSTS = {
    "single_ms_p50": ("p50 ms", "{:.2f}"),
    "single_ms_p99": ("p99 ms", "{:.2f}"),
    "batch_of_64_comments_per_s": ("comments/s", "{:,.0f}"),
    "size_mib": ("size MiB", "{:.1f}"),
    "load_s": ("load s", "{:.2f}"),
    "resident_mib": ("memory MiB", "{:.0f}"),
}
LEARNED = "°"


def show_speed(speed: dict[str, Any], console: Console) -> None:
    """One comment at a time (p50, p99), batches of 64 (comments a second), and what each takes, on one core."""
    table = _narrow("The classifier on one core, beside others")
    table.add_column("", no_wrap=True)
    for heading, _ in COSTS.values():
        table.add_column(heading, justify="right", no_wrap=True)
    for name, row in speed["results"].items():
        table.add_row(name, *[form.format(row[figure]) for figure, (_, form) in COSTS.items()])
    console.print(table)
    for name, why in speed["absent"].items():
        console.print(f"{name}: {why}")


def show_quality(quality: dict[str, Any], console: Console) -> None:
    """A table for each label, then how the shipped model's error compares and on which sources another is ahead."""
    if "not_measured" in quality:
        console.print(f"Quality: not measured; {quality['not_measured']}")
        return
    for label, by_source in quality["by_source"].items():
        if by_source:
            console.print(_areas(label, by_source, quality["mean"][label]))
    console.print(f"{LEARNED} a source that this one was itself trained on, by its own account")
    for label, share in quality["error_beside_plain"].items():
        if share is not None:
            console.print(f"{label}: the shipped model's mean error (1 - AUC) is {share:.2f} of TF-IDF's")
    for line in _behind(quality["by_source"]) or ["no other is ahead on any source"]:
        console.print(line)
    if not quality["held_out"]:
        console.print("The shipped model's manifest names no validation part: it was fitted to these rows as well.")


def _areas(label: str, by_source: dict[str, dict[str, Any]], means: dict[str, float]) -> Table:
    table = _narrow(f"Quality: {label}, ROC-AUC by source")
    table.add_column("", no_wrap=True)
    for heading in ("rows", "bad"):
        table.add_column(heading, justify="right", no_wrap=True)
    for name in means:
        table.add_column(_short(name), justify="right", min_width=len(f"0.999{LEARNED}"))
    for source, found in by_source.items():
        table.add_row(source, str(found["rows"]), f"{found['positive']:.0%}", *_cells(found, means))
    table.add_section()
    table.add_row("mean", "", "", *[f"{mean:.3f}" for mean in means.values()])
    return table


def _narrow(title: str) -> Table:
    """Nine columns must fit into the 80 characters of a terminal or a log."""
    return Table(title=title, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)


def _short(name: str) -> str:
    return name.replace("-profanity", "").replace("-check", "").replace(", ", ",\n")


def _cells(found: dict[str, Any], means: dict[str, float]) -> list[str]:
    best = max(found["auc"].values())
    return [
        f"[bold]{found['auc'][name]:.3f}[/bold]{_mark(found, name)}"
        if found["auc"][name] == best
        else f"{found['auc'][name]:.3f}{_mark(found, name)}"
        for name in means
    ]


def _mark(found: dict[str, Any], name: str) -> str:
    return LEARNED if name in found["learned_by"] else ""


def _behind(by_label: dict[str, dict[str, dict[str, Any]]]) -> list[str]:
    """One line for each source on which the first column is not the best."""
    lines = []
    for label, by_source in by_label.items():
        for source, found in by_source.items():
            (own, ours), *others = found["auc"].items()
            ahead = [f"{name}{_mark(found, name)} {area:.3f}" for name, area in others if area > ours]
            if ahead:
                lines.append(f"{label}, {source}: {own} {ours:.3f}, behind {', '.join(ahead)}")
    return lines
