"""What a moderator may do to a text: take passages out, each with a visible mark in its place. Pure.

Nothing can be put in or changed, so that nobody is made to say what they did not.
"""

import re

from comments_service.content.links import find_links

MARK = "[…]"
# Lengths are bounded, so that a text full of brackets takes no longer than any other.
_MARKDOWN_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\n]{0,2000}\)")
_POINTED = re.compile(r"<\[…\]>")


def is_masked(before: str, after: str) -> bool:
    """Whether `after` is `before` with passages replaced by MARK, and nothing else."""
    first, *rest = after.split(MARK)
    if not rest:
        return after == before
    last = rest.pop()
    at = len(first)
    if not before.startswith(first):
        return False
    for piece in rest:
        found = before.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return len(before) - len(last) >= at and before.endswith(last)


def cut_links(text: str) -> str:
    """`text` with MARK where each link led; the words of a link stay."""
    text = _MARKDOWN_LINK.sub(rf"\1 {MARK}", text)
    pieces, position = [], 0
    for link in find_links(text):
        pieces += [text[position : link.begin], MARK]
        position = link.end
    return _POINTED.sub(MARK, "".join([*pieces, text[position:]]))
