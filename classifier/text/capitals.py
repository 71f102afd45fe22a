"""Words that only their capitals part: "YouAreAnIdiot". Read before case is folded away. Not here: small letters."""

from __future__ import annotations

import re

from classifier.text.links import inside_link
from classifier.text.traced import Edit, Traced, edited

_CAPITAL_INSIDE = re.compile("(?<=[a-z])[A-Z]")
_HUMP = re.compile("[A-Z][a-z]+|[AI](?=[A-Z][a-z])")
_HUMPS = re.compile(rf"(?<![\w@])(?:{_HUMP.pattern}){{2,12}}(?![\w@])")


def part_capitals(traced: Traced) -> Traced:
    """ "YouAreAnIdiot" becomes four words: three or more with a capital each, not "YouTube", not "sTuPiD".

    Two are enough where a third of the words are written so.
    """
    if not _CAPITAL_INSIDE.search(traced.text):
        return traced
    found = [match for match in _HUMPS.finditer(traced.text) if not inside_link(traced.text, *match.span())]
    fewest = 2 if len(found) >= 3 and 3 * len(found) > traced.text.count(" ") else 3
    edits: list[Edit] = []
    for match in found:
        humps = [match.start() + hump.end() for hump in _HUMP.finditer(match.group())]
        if len(humps) >= fewest and len(match.group()) >= 3 * len(humps):
            edits += [(at - 1, at, f"{traced.text[at - 1]} ") for at in humps[:-1]]
    return edited(traced, edits)
