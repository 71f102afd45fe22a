"""The gate's table, as `retrain` and `show` print it."""

from collections.abc import Mapping, Sequence
from typing import Any

import click

from comments_service.cli.output import print_table


def print_gate(rows: Sequence[Mapping[str, Any]]) -> None:
    """One line for each check, and a sentence for each that stopped the candidate."""
    columns = ["metric", "in use", "candidate", "bound", "n", "verdict"]
    print_table(columns, [_cells(row) for row in rows])
    for row in rows:
        if row["verdict"] == "fail":
            click.echo(f"stopped by {row['metric']}: {row['sentence']}")


def _cells(row: Mapping[str, Any]) -> list[str]:
    figures = ["" if row[name] is None else str(row[name]) for name in ("old", "new", "bound")]
    return [row["metric"], *figures, str(row["n"]), row["verdict"]]
