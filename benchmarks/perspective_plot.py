"""The calibration plot of docs/perspective.md, as SVG. Figures come from `perspective_scale`."""

from collections.abc import Iterable, Mapping, Sequence

_SIDE, _LEFT, _TOP = 320, 60, 20  # pixels: the square from 0 to 1, and what is left of and above it


def drawing(calibration: Sequence[Mapping[str, float]]) -> str:
    """One mark for each tenth of the translated score: the mean of what Perspective had said, with its middle 80 %."""
    parts = [*_frame(), *(part for row in calibration for part in _mark(row))]
    size = f'width="{_SIDE + 100}" height="{_SIDE + 80}" viewBox="0 0 {_SIDE + 100} {_SIDE + 80}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="12" role="img">'
    title = "<title>What Perspective had said, by the translated score</title>"
    return "\n".join([head, title, f'<rect {size.partition("viewBox")[0]}fill="#fff"/>', *parts, "</svg>"]) + "\n"


def _frame() -> Iterable[str]:
    yield f'<rect x="{_LEFT}" y="{_TOP}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#888"/>'
    yield f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="#888" stroke-dasharray="4 4"/>'
    for tick in (0, 0.25, 0.5, 0.75, 1):
        yield f'<text x="{_x(tick)}" y="{_y(0) + 18}" text-anchor="middle">{tick}</text>'
        yield f'<text x="{_LEFT - 8}" y="{_y(tick) + 4}" text-anchor="end">{tick}</text>'
    yield f'<text x="{_x(0.5)}" y="{_y(0) + 42}" text-anchor="middle">translated score</text>'
    middle = f'x="16" y="{_y(0.5)}" text-anchor="middle" transform="rotate(-90 16 {_y(0.5)})"'
    yield f"<text {middle}>recorded Perspective score</text>"


def _mark(row: Mapping[str, float]) -> Iterable[str]:
    x = _x(row["from"] + 0.05)
    yield f'<path d="M{x} {_y(row["tenth"])}V{_y(row["ninetieth"])}" stroke="#2a62a8" stroke-width="2"/>'
    yield f'<circle cx="{x}" cy="{_y(row["mean"])}" r="4" fill="#2a62a8"/>'
    yield f'<text x="{x}" y="{_y(row["ninetieth"]) - 4}" text-anchor="middle" font-size="9">{int(row["rows"])}</text>'


def _x(share: float) -> float:
    return round(_LEFT + share * _SIDE, 1)


def _y(share: float) -> float:
    return round(_TOP + (1 - share) * _SIDE, 1)
