"""HTML that is sent to be scored: what a reader would see of it, each character with its place in the source.

Nothing here makes HTML safe for a page; that is `sanitise`. Work grows linearly with the source: no parser that
repairs, only tags, comments, hidden elements and character references.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

_MARK = re.compile(
    r"<!--|<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,20})(?P<rest>[^<>]*)>|<[!?][^<>]*>"
    r"|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});"
)
_HREF = re.compile(r"""\bhref\s{0,3}=\s{0,3}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_COMMENT_END = re.compile("-->")
_ENDS = {name: re.compile(rf"</{name}[^<>]*>?", re.IGNORECASE) for name in ("script", "style", "template", "title")}
_BREAKS = frozenset({"br", "p", "div", "li", "ul", "ol", "tr", "td", "th", "hr", "blockquote", "pre",
                     "h1", "h2", "h3", "h4", "h5", "h6", "section", "article"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Traced:
    """`text` as it is read; character i of it came from `begins[i]` to `ends[i]` of the source."""

    text: str
    begins: list[int]
    ends: list[int]

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """Where the characters from `begin` to before `end` stand in the source."""
        return (self.begins[begin], self.ends[end - 1]) if end > begin else (0, 0)


class _Page:
    """What has been read so far."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._begins: list[int] = []
        self._ends: list[int] = []

    def copy(self, source: str, begin: int, end: int) -> None:
        self._parts.append(source[begin:end])
        self._begins += range(begin, end)
        self._ends += range(begin + 1, end + 1)

    def put(self, text: str, begin: int, end: int) -> None:
        """Something that stands for all of the source from `begin` to `end`."""
        self._parts.append(text)
        self._begins += [begin] * len(text)
        self._ends += [end] * len(text)

    def whole(self) -> Traced:
        return Traced("".join(self._parts), self._begins, self._ends)


def seen_in(source: str) -> Traced:
    """The text of an HTML fragment: lines where blocks begin and end, a link's address behind its words."""
    page, at, href = _Page(), 0, ""
    while mark := _MARK.search(source, at):
        page.copy(source, at, mark.start())
        at = mark.end()
        name = (mark["name"] or "").lower()
        if mark[0] == "<!--":
            at = _behind(_COMMENT_END, source, at)
        elif mark[0].startswith("&"):
            page.put(html.unescape(mark[0]), *mark.span())
        elif name in _ENDS and not mark["close"]:
            at = _behind(_ENDS[name], source, at)
        elif name == "a":
            page.put(f" {href}" if href and mark["close"] else "", *mark.span())
            href = "" if mark["close"] else _href(mark["rest"])
        elif name in _BREAKS:
            page.put("\n", *mark.span())
    page.copy(source, at, len(source))
    return page.whole()


def _behind(end: re.Pattern[str], source: str, at: int) -> int:
    """The place behind the next `end`; what is never ended is hidden to the last character."""
    found = end.search(source, at)
    return found.end() if found else len(source)


def _href(attributes: str) -> str:
    found = _HREF.search(attributes)
    return html.unescape(found[1] or found[2] or found[3] or "") if found else ""
