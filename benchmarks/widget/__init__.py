"""The widget beside other clients: what a page must load (`sizes`), and how soon a reader sees a comment (`rounds`)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.widget import rounds, sizes


def measure(folder: Path, turns: int, say: Callable[[str], None]) -> dict[str, Any]:
    """{"sizes": as `sizes.measure`, "visits": as `rounds.measure`}; `say` is told each step."""
    return {"sizes": sizes.measure(), "visits": rounds.measure(folder, turns, say)}
