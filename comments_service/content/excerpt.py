"""The beginning of a comment on one line: for feeds, mails and lists of the queue."""

from __future__ import annotations

from comments_service.content.flat_text import FindHidden
from comments_service.content.plain import plain

_ELLIPSIS = "…"


def excerpt(source: str, limit: int = 200, *, find_hidden: FindHidden | None = None) -> str:
    """At most `limit` characters of the visible text, cut between words where there is a space to cut at.

    Give `find_hidden` for all that leaves the service: an address must be hidden before the cut, since half of one
    is found by nobody afterwards. Raises ValueError beyond 10 000 characters or for a limit below 1.
    """
    if limit < 1:
        raise ValueError("An excerpt has at least one character.")
    text = " ".join(plain(source, find_hidden=find_hidden).split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    at_word = cut.rfind(" ")
    if text[limit - 1] != " " and at_word > limit // 2:
        cut = cut[:at_word]
    return cut.rstrip(" .,;:!?-") + _ELLIPSIS
