"""Telling how far long work is: a spinner on a terminal, plain lines elsewhere, always on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def steps() -> Iterator[Callable[[str], None]]:
    """A function to call with the name of each step as it begins."""
    if not sys.stderr.isatty():
        yield lambda step: click.echo(step, err=True)
        return
    from rich.console import Console  # noqa: PLC0415 - only where a terminal watches

    console = Console(stderr=True)
    with console.status("starting") as status:
        yield status.update
