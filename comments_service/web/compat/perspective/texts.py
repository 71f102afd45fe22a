"""The text of a request and what stands around it, as the model is to read it, with the way back to what was sent."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from comments_service.content.html_text import Traced, seen_in
from comments_service.scoring import Text
from comments_service.web.compat.perspective.errors import invalid

MOST_BYTES = 20_480


@dataclass(frozen=True, slots=True)
class Sent:
    """`text` as the model reads it; `trace` leads back where that is not what was sent; `length` in characters."""

    text: Text
    trace: Traced | None
    length: int

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """Where a part of the text that was read stands in the text that was sent."""
        return self.trace.span(begin, end) if self.trace else (begin, end)


def sent(request: Mapping[str, Any], site: str) -> Sent:
    """The comment with its context, for the model of `site`. Raises GoogleError where it is empty or too long."""
    comment = request.get("comment", {})
    source = comment.get("text", "")
    if len(source.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise invalid("COMMENT_TOO_LONG", "Comment text too long.")
    trace = seen_in(source) if comment.get("type") == "HTML" else None
    text = trace.text if trace else source
    if not text.strip():
        raise invalid("COMMENT_EMPTY", "Comment must be non-empty.")
    title, parent = _around(request.get("context", {}))
    return Sent(Text(text, title=title, parent=parent, site=site), trace, len(source))


def _around(context: Mapping[str, Any]) -> tuple[str, str]:
    """What stands above the comment: the article, and the comment that it answers."""
    both, entries = context.get("articleAndParentComment"), context.get("entries")
    if both and entries:
        raise invalid(
            "INVALID_REQUEST",
            "Context can have either entries or article_and_parent_comment, but both fields were populated.",
        )
    if entries:
        return "", _plain(entries[-1])
    return _plain((both or {}).get("article", {})), _plain((both or {}).get("parentComment", {}))


def _plain(entry: Mapping[str, Any]) -> str:
    text = str(entry.get("text", ""))[:MOST_BYTES]
    if _is_record(text):
        return ""
    return seen_in(text).text if entry.get("type") == "HTML" else text


def _is_record(text: str) -> bool:
    """Coral sends its comments' numbers and addresses as context: nothing that anybody wrote or read."""
    try:
        return text.startswith("{") and isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False
