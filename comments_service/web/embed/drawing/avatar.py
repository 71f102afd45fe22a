"""A comment's picture from its random seed: the mirrored 5×5 pattern of widget/src/avatar.ts."""

import re

from markupsafe import Markup

from comments_service.web.embed.drawing.element import h

_ROWS, _CENTRE = 5, 2
_HEXADECIMAL = re.compile(r"[0-9a-fA-F]{1,8}")


def avatar(seed: str) -> Markup:
    """An <svg> element. A seed that is not hexadecimal gives an empty picture, never an error."""
    found = _HEXADECIMAL.match(seed)
    noise = int(found[0], 16) if found else 0
    hue = noise % 360
    return h(
        "svg",
        {"viewBox": "0 0 7 7", "part": "avatar", "class": "avatar", "aria-hidden": "true"},
        h("path", {"d": "M0 0h7v7H0z", "fill": f"hsl({hue} 45% 88%)"}),
        h("path", {"d": _pattern(noise), "fill": f"hsl({hue} 50% 38%)"}),
    )


def _pattern(noise: int) -> str:
    path = ""
    for cell in range(_ROWS * (_CENTRE + 1)):
        if noise >> cell & 1:
            row, column = cell % _ROWS, cell // _ROWS
            path += "".join(f"M{x + 1} {row + 1}h1v1h-1z" for x in (column, 2 * _CENTRE - column))
    return path
