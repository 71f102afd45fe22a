"""What safe HTML is, said a second time and independently of the code under test."""

from __future__ import annotations

import re
from html.parser import HTMLParser

TAGS = {"p", "br", "em", "strong", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a"}
REL = "nofollow ugc noopener noreferrer"
HREF = re.compile(r"https?://(?:[a-z0-9_.-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?/[^\s\"'<>\\]*", re.ASCII)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.open: list[str] = []
        self.deepest = 0
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.faults.append(f"tag {tag}")
        if tag != "br":
            self.open.append(tag)
            self.deepest = max(self.deepest, len(self.open))
        given = dict(attrs)
        if tag == "a" and given.get("rel") != REL:
            self.faults.append(f"rel {given}")
        if tag == "a" and "href" in given and not HREF.fullmatch(given["href"] or ""):
            self.faults.append(f"href {given}")
        if set(given) - ({"href", "rel"} if tag == "a" else set()):
            self.faults.append(f"attributes {tag} {given}")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"end of {tag}")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"declaration {decl}")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"instruction {data}")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"declaration {data}")


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def faults(html: str) -> list[str]:
    """Whatever in `html` a comment may not hold; empty for safe HTML."""
    reader = _read(html)
    return reader.faults + [f"{tag} stays open" for tag in reader.open]


def text_of(html: str) -> str:
    """The text that a reader sees."""
    return _read(html).text


def depth_of(html: str) -> int:
    """How deep the elements are nested."""
    return _read(html).deepest
