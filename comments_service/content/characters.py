"""Characters that can hide text or reshape a page, taken out before anything is parsed.

Whatever people need to write their language (joiners, direction marks, combining marks in any usual number) stays.
"""

from __future__ import annotations

import re

_MOST_MARKS = 6  # combining marks on one letter; the fullest orthographies need five, a "zalgo" text dozens
_FLAG = "\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f"  # England, Scotland, Wales: tags that are visible
_INVISIBLE = re.compile(
    f"({_FLAG})"
    "|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u180e\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff\ud800-\udfff]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u06d6-\u06ed\u0e31-\u0e4e\u1ab0-\u1aff"
_PILE = re.compile(
    f"([{_MARKS}\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{{{_MOST_MARKS}}})"
    f"[{_MARKS}\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)


def visible(text: str) -> str:
    """`text` with line ends as \\n and without controls, bidi overrides, invisible carriers and piled-up marks."""
    text = _LINE_ENDS.sub("\n", text)
    return _PILE.sub(r"\1", _INVISIBLE.sub(lambda match: match[1] or "", text))
