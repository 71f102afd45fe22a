"""Line charts as SVG texts: readable on light and dark pages, with title and description for screen readers.

Attributes only, no style element and no script, so a strict content security policy lets them be shown. Numbers are
the caller's; tables of the same numbers belong beside a chart and are the caller's as well.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

Format = Callable[[float], str]
Point = tuple[float, float]

_WIDTH, _HEIGHT = 440, 320  # of one chart, in CSS pixels
_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 16, 58, 52
_INK, _FAINT = "#1f2933", "#d5dbe1"
# Told apart by lightness as well as by hue (Okabe, Ito 2008), and by their dashes.
_LINES = (("#0072b2", ""), ("#d55e00", "6 4"), ("#009e73", "2 3"), ("#7f3c8d", "9 3 2 3"))


@dataclass(frozen=True, slots=True)
class Line:
    """A named line through points in order of x."""

    name: str
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart. `limit` draws a level line named `limit_name`; `mark` puts a ring around a point."""

    title: str
    x_name: str
    y_name: str
    lines: Sequence[Line]
    x_format: Format = str
    y_format: Format = str
    limit: float | None = None
    limit_name: str = ""
    mark: Point | None = None
    y_from: float | None = None  # where the scale begins; left out: at 0
    y_to: float | None = None  # where the scale ends; points beyond it are drawn on the edge


def percent(value: float) -> str:
    """0.025 → "2.5 %"."""
    return f"{100 * value:.3g} %"


def svg(charts: Sequence[Chart], title: str, description: str) -> str:
    """The charts side by side as one picture."""
    width = _WIDTH * len(charts)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT}" width="{width}" height="{_HEIGHT}"'
        f' role="img" aria-labelledby="title description" font-family="system-ui, sans-serif" font-size="12">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="description">{escape(description)}</desc>',
        f'<rect width="{width}" height="{_HEIGHT}" fill="#ffffff"/>',
    ]
    for number, chart in enumerate(charts):
        parts += [f'<g transform="translate({number * _WIDTH} 0)">', *_chart(chart), "</g>"]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _chart(chart: Chart) -> Iterator[str]:
    xs = _Scale.over([x for line in chart.lines for x, _ in line.points], _LEFT, _WIDTH - _RIGHT)
    heights = [y for line in chart.lines for _, y in line.points] + ([] if chart.limit is None else [chart.limit])
    ends = [chart.y_from if chart.y_from is not None else 0.0, *([] if chart.y_to is None else [chart.y_to])]
    within = [y for y in heights if chart.y_to is None or y <= chart.y_to]
    ys = _Scale.over([*within, *ends], _HEIGHT - _BOTTOM, _TOP)
    yield _text(_LEFT, 20, chart.title, anchor="start", weight="600", size=14)
    yield from _axes(chart, xs, ys)
    if chart.limit is not None:
        level = ys.at(chart.limit)
        yield f'<path d="M{_LEFT} {level:.1f}H{_WIDTH - _RIGHT}" stroke="{_INK}" stroke-dasharray="1 3"/>'
        yield _text(_WIDTH - _RIGHT, level - 5, chart.limit_name, anchor="end")
    for number, line in enumerate(chart.lines):
        yield from _line(line, number, xs, ys)
    if chart.mark is not None:
        x, y = chart.mark
        yield f'<circle cx="{xs.at(x):.1f}" cy="{ys.at(y):.1f}" r="6" fill="none" stroke="{_INK}" stroke-width="2"/>'


def _axes(chart: Chart, xs: "_Scale", ys: "_Scale") -> Iterator[str]:
    bottom = _HEIGHT - _BOTTOM
    for y in ys.ticks():
        yield f'<path d="M{_LEFT} {ys.at(y):.1f}H{_WIDTH - _RIGHT}" stroke="{_FAINT}"/>'
        yield _text(_LEFT - 6, ys.at(y) + 4, chart.y_format(y), anchor="end")
    for x in xs.ticks():
        yield f'<path d="M{xs.at(x):.1f} {bottom}v4" stroke="{_INK}"/>'
        yield _text(xs.at(x), bottom + 17, chart.x_format(x))
    yield f'<path d="M{_LEFT} {bottom}H{_WIDTH - _RIGHT}" stroke="{_INK}"/>'
    yield _text((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 12, chart.x_name)
    turned = f"rotate(-90 14 {(_TOP + bottom) / 2})"
    yield _text(14, (_TOP + bottom) / 2, chart.y_name, transform=turned)


def _line(line: Line, number: int, xs: "_Scale", ys: "_Scale") -> Iterator[str]:
    colour, dashes = _LINES[number % len(_LINES)]
    path = "L".join(f"{xs.at(x):.1f} {ys.at(y):.1f}" for x, y in line.points)
    look = f'fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes or "none"}"'
    if path:
        yield f'<path d="M{path}" {look}/>'
    key = _LEFT + number * 130
    yield f'<path d="M{key} 38h22" {look}/>'
    yield _text(key + 27, 42, line.name, anchor="start")


def _text(
    x: float, y: float, words: str, *, anchor: str = "middle", weight: str = "", size: int = 0, transform: str = ""
) -> str:
    extra = "".join(
        f' {name}="{value}"'
        for name, value in (("font-weight", weight), ("font-size", size), ("transform", transform))
        if value
    )
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{_INK}"{extra}>{escape(words)}</text>'


@dataclass(frozen=True, slots=True)
class _Scale:
    low: float
    high: float
    begin: float  # pixels
    end: float

    @classmethod
    def over(cls, values: Sequence[float], begin: float, end: float) -> "_Scale":
        low, high = min(values, default=0.0), max(values, default=1.0)
        return cls(low, high if high > low else low + 1.0, begin, end)

    def at(self, value: float) -> float:
        place = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.begin + place * (self.end - self.begin)

    def ticks(self) -> list[float]:
        """Four to eight round numbers: 1, 2 or 5 times a power of ten apart."""
        rough = (self.high - self.low) / 5
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        return [round(number * step, 12) for number in range(first, last + 1)]
