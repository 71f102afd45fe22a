"""How commands print data: a table for people, JSON for programs."""

import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

Command = TypeVar("Command", bound=Callable[..., Any])


def json_option(command: Command) -> Command:
    """The option `--json`, as `as_json`, on every command that prints data."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")(command)


def print_json(data: Any) -> None:
    """Print `data` as JSON on standard output."""
    click.echo(json.dumps(data, indent=2, default=str, ensure_ascii=False))


def print_table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print a table; what readers typed shows as text, never as markup or control characters."""
    table = Table(*columns, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(Text("".join(c if c.isprintable() else "�" for c in str(cell))) for cell in row))
    Console(soft_wrap=True).print(table)
