"""Whether a piece of text belongs to an address: what is changed inside one no longer leads anywhere."""

from __future__ import annotations

import re

_IN_LINK = re.compile(r"[/:=&?%#@._\-]")
_GOES_ON = re.compile(r"[/:=&%_@]|[.\-]\w")


def inside_link(text: str, begin: int, end: int) -> bool:
    """Judged by the neighbours of `text[begin:end]` alone."""
    return bool(_IN_LINK.match(text, begin - 1) if begin else None) or bool(_GOES_ON.match(text, end))
