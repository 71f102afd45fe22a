"""A QR code as the path of an SVG picture, which a page draws with attributes alone: no style, no image, no script."""

from dataclasses import dataclass

import segno

_QUIET = 4  # modules of white around it, as ISO/IEC 18004 asks


@dataclass(frozen=True, slots=True)
class QrCode:
    """`path` draws the dark modules, one unit each, on a square of `size` units."""

    size: int
    path: str


def qr_code(text: str) -> QrCode:
    """The code for `text`, with the middle amount of redundancy."""
    rows = list(segno.make(text, error="m", micro=False).matrix)
    marks = [f"M{x + _QUIET} {y + _QUIET}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark]
    return QrCode(len(rows) + 2 * _QUIET, "".join(marks))
