"""Undo "cafÃ©": UTF-8 that somebody read as Windows-1252. Not here: any other folding."""

from __future__ import annotations

import re

from classifier.text.traced import Edit, Traced, edited

# The first letters that UTF-8 lead bytes turn into, followed by what continuation bytes turn into. Only such runs are
# looked at, so that honest accented text is never touched.
_SUSPECT = re.compile(
    "(?:[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]{1,3})+"
)


def repair(traced: Traced) -> Traced:
    """Replace each run that decodes as UTF-8 by what was meant; the run is the trace of all its characters."""
    edits: list[Edit] = []
    for match in _SUSPECT.finditer(traced.text):
        meant = _meant(match.group())
        if meant is not None:
            edits.append((match.start(), match.end(), meant))
    return edited(traced, edits)


def _meant(run: str) -> str | None:
    try:
        octets = b"".join(bytes([ord(c)]) if ord(c) < 0x100 else c.encode("cp1252") for c in run)
        meant = octets.decode("utf-8")
    except UnicodeError:
        return None
    return meant if len(meant) < len(run) else None
