"""Signs that a browser would not show as typed: character references, elements inside a word, turned writing.

Here: reading "id&#105;ot", "id<b></b>iot" and a word stored backwards behind a right-to-left override. Not here: what
may be published (that is the service's business), links.
"""

from __future__ import annotations

import html
import re

from classifier.text.folding import fold
from classifier.text.traced import Edit, Traced, edited, untouched

_REFERENCE = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d{0,2});", re.I)
_TAG = r"<[^<>]{0,60}>|\[/?(?:b|i|u|s|url|img|color|size|quote|code)\]"
_ELEMENT = re.compile(rf"(?<=[^\W\d_])(?:{_TAG}){{1,4}}(?=[^\W\d_])", re.I)
_BREAK = re.compile(r"<(?:br|p|/p|div|/div|li|/li|hr|td|tr)\b")
_OVERRIDE = re.compile("\u202e([^\u202a-\u202e\u2066-\u2069\n]{1,200})")


def read_references(traced: Traced) -> Traced:
    """Character references become the (folded) letters or signs they stand for."""
    if "&" not in traced.text:
        return traced
    edits: list[Edit] = []
    for match in _REFERENCE.finditer(traced.text):
        meant = html.unescape(match.group())
        if len(meant) == 1 and _plain(ord(meant)):
            edits.append((match.start(), match.end(), fold(untouched(meant)).text))
    return edited(traced, edits)


def drop_elements(traced: Traced) -> Traced:
    """Elements and comments between two letters go; those that break a line become a space."""
    if "<" not in traced.text and "[" not in traced.text:
        return traced
    found = _ELEMENT.finditer(traced.text)
    return edited(traced, [(m.start(), m.end(), " " if _BREAK.search(m.group()) else "") for m in found])


def turn_back(traced: Traced) -> Traced:
    """Text behind a right-to-left override is shown from its end: read it as it is shown.

    The whole run is the trace of each of its characters, for its order in the original is another.
    """
    edits: list[Edit] = []
    for match in _OVERRIDE.finditer(traced.text):
        if match.group(1).isascii():
            edits.append((match.start(), match.end(), match.group(1)[::-1]))
    return edited(traced, edits)


def _plain(point: int) -> bool:
    """Letters and signs that stand alone, which no later character composes with."""
    return 0x20 <= point < 0x300 or 0x370 <= point < 0x483 or 0x2000 <= point < 0x2070
