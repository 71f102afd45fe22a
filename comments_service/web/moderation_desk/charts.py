"""Charts as plain shapes for the templates to draw as SVG: stacked bars by day. Colours and dark mode are the style
sheet's; the same numbers stand in a table beside each chart, for those who would rather read or cannot see it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 200  # the drawing, in its own units
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 4, 8, 22


@dataclass(frozen=True, slots=True)
class Bar:
    """One part of one day's bar. `kind` is its place among the parts, for its colour."""

    x: float
    y: float
    width: float
    height: float
    kind: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A label at a place of the axis."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars with their axes. `floor` is where the bars stand."""

    bars: tuple[Bar, ...]
    levels: tuple[Mark, ...]
    days: tuple[Mark, ...]
    floor: float = HEIGHT - _BOTTOM
    left: float = _LEFT
    width: float = WIDTH
    height: float = HEIGHT


def stacked(names: Sequence[str], stacks: Sequence[Sequence[int]]) -> Chart:
    """One bar for each of `names`, of the parts in `stacks`, the first at the bottom."""
    top = _round_up(max((sum(parts) for parts in stacks), default=0))
    step = (WIDTH - _LEFT - _RIGHT) / max(1, len(names))
    scale = (HEIGHT - _TOP - _BOTTOM) / top
    bars = []
    for place, parts in enumerate(stacks):
        y = float(HEIGHT - _BOTTOM)
        for kind, part in enumerate(parts):
            tall = part * scale
            y -= tall
            if part:
                bars.append(Bar(_LEFT + place * step + step * 0.1, y, step * 0.8, tall, kind))
    levels = [Mark(HEIGHT - _BOTTOM - level * scale, str(level)) for level in _levels(top)]
    every = max(1, math.ceil(len(names) / 8))
    days = [Mark(_LEFT + (place + 0.5) * step, name) for place, name in enumerate(names) if place % every == 0]
    return Chart(tuple(bars), tuple(levels), tuple(days))


def _round_up(number: int) -> int:
    """The next of 4, 8, 20, 40, 80, 200 …: its quarters are whole."""
    power = int(10 ** max(0, len(str(number)) - 2))
    return next(power * factor for factor in (4, 8, 20, 40, 80, 200) if power * factor >= number)


def _levels(top: int) -> list[int]:
    return sorted({0, top // 4, top // 2, 3 * top // 4, top})
