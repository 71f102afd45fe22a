"""A text in one plain spelling, with the way back to its own characters.

Full-width letters, entities, percent escapes and invisible characters are how an address is written past a simple
pattern; here they are undone, so that hide.py needs to know one spelling only. The result is for finding, not showing.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_PASSES = 3  # `&amp;#64;` and `%2540` take two, more is nobody's honest text
_NEEDS_FOLDING = re.compile(r"[^\x00-\x7f]|[&%\\<]")
_ESCAPE = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});?"
    r"|%[c-dC-D][0-9a-fA-F]%[89abAB][0-9a-fA-F]"
    r"|%[eE][0-9a-fA-F](?:%[89abAB][0-9a-fA-F]){2}"
    r"|%[0-7][0-9a-fA-F]"
    r"|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}"
    r"|\\(?=[^\w\s])"
    r"|<!--[^<>]{0,80}-->"
    r"|(?<=[a-zA-Z0-9 ])[\u24d0\u24b6\U0001f150\U0001f170\U0001f130](?=[a-zA-Z0-9 ])"
    r"|</?(?:b|big|br|em|font|i|s|small|span|strong|sub|sup|u|wbr)(?:\s[^<>@]{0,60})?/?>",
    re.IGNORECASE,
)
_DROPPED = {"Cf", "Mn", "Mc", "Me", "Cc"}  # joiners, soft hyphens, variation selectors, marks, controls
_FILLERS = "\u115f\u1160\u3164\uffa0\u17b4\u17b5\u2800"  # letters by category, blank to the eye
_AS_AT = "\u24d0\u24b6\U0001f150\U0001f170\U0001f130"  # circled and squared a, as an at-sign between plain letters


class Folded(NamedTuple):
    """The folded text; character i of it stands for the characters begins[i] to ends[i] of the original."""

    text: str
    begins: list[int]
    ends: list[int]


def fold(text: str) -> Folded:
    """`text` in plain spelling; linear in its length."""
    begins, ends = list(range(len(text))), list(range(1, len(text) + 1))
    folded = Folded(text, begins, ends)
    if not _NEEDS_FOLDING.search(text):
        return folded
    for _ in range(_PASSES):
        unescaped = _unescape(folded)
        if unescaped is folded:
            break
        folded = unescaped
    return _collect((_plain_letters(letter), b, e) for letter, b, e in zip(*folded, strict=True))


def _unescape(folded: Folded) -> Folded:
    matches = list(_ESCAPE.finditer(folded.text))
    pieces: list[tuple[str, int, int]] = []
    position, changed = 0, False
    for match in matches:
        plain = _unescaped(match[0])
        if plain == match[0]:
            continue
        changed = True
        pieces += zip(*(part[position : match.start()] for part in folded), strict=True)
        pieces.append((plain, folded.begins[match.start()], folded.ends[match.end() - 1]))
        position = match.end()
    if not changed:
        return folded
    pieces += zip(*(part[position:] for part in folded), strict=True)
    return _collect(iter(pieces))


def _unescaped(written: str) -> str:
    if written.startswith("&"):
        return html.unescape(written)
    if written.startswith("%"):
        return bytes.fromhex(written.replace("%", "")).decode("utf-8", "replace")
    if written[:2] in ("\\u", "\\x", "\\U", "\\X"):
        return chr(int(written[2:], 16))
    return "(a)" if written in _AS_AT else ""


def _collect(pieces: Iterator[tuple[str, int, int]]) -> Folded:
    letters: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    for piece, begin, end in pieces:
        for letter in piece:
            letters.append(letter)
            begins.append(begin)
            ends.append(end)
    return Folded("".join(letters), begins, ends)


@lru_cache(maxsize=4096)
def _plain_letters(letter: str) -> str:
    """What one character stands for: several letters, one, or none where the eye sees nothing."""
    if letter.isascii():
        return letter if letter >= " " or letter.isspace() else ""
    if letter in _FILLERS:
        return ""
    if letter in "\u3002\uff61":
        return "\u3002"
    folded = unicodedata.normalize("NFKC", letter)
    return "".join(" " if part.isspace() else part for part in folded if unicodedata.category(part) not in _DROPPED)
