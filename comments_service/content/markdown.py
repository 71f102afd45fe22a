"""Markdown read into tokens, the same way for the page, for plain text and for excerpts.

A small dialect: no raw HTML, images, headings, rules, tables or reference definitions (what a definition holds would
be in the source and on no screen). How tokens become HTML stands in render.py.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.token import Token

from comments_service.content.characters import visible
from comments_service.content.urls import safe_href

LONGEST_SOURCE = 10_000  # characters; checked before any pattern or parser sees the text
_DEEPEST = 20  # nested quotes, lists and emphasis


class _Dialect(MarkdownIt):
    """The parser, with the one link function in place of its own."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "breaks": True, "maxNesting": _DEEPEST})
        self.enable("strikethrough")
        self.disable(["image", "heading", "lheading", "hr", "reference", "html_block", "html_inline"])

    def validateLink(self, url: str) -> bool:  # markdown-it calls it by this name
        return safe_href(url) is not None


_PARSER = _Dialect()


def parse(source: str) -> list[Token]:
    """The block tokens of `source`. Raises ValueError where it has more than 10 000 characters."""
    if len(source) > LONGEST_SOURCE:
        raise ValueError(f"A comment has at most {LONGEST_SOURCE} characters; this one has {len(source)}.")
    tokens = _PARSER.parse(visible(source))
    _keep_numbers(tokens)
    return tokens


def to_html(tokens: list[Token]) -> str:
    """The tokens as HTML; not for any page before `sanitise` has seen it."""
    return str(_PARSER.renderer.render(tokens, _PARSER.options, {}))


def text_token(text: str) -> Token:
    """A run of text for use among the children of an inline token."""
    return Token("text", "", 0, content=text)


def _keep_numbers(tokens: list[Token]) -> None:
    """Turn lists that start elsewhere than at 1 back into paragraphs with their numbers.

    A list's start is an attribute, which the sanitiser drops: "1984. A good year" would be shown as "1. A good year".
    """
    rebuilt: list[Token] = []
    is_list: list[bool] = []  # for each open list, whether it stays one
    number = ""  # of an item whose first paragraph is still to come
    for token in tokens:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            is_list.append(token.attrGet("start") in (None, 1))
        in_paragraphs = bool(is_list) and not is_list[-1]
        if token.type in ("ordered_list_close", "bullet_list_close"):
            is_list.pop()
        if number and token.type not in ("paragraph_open", "inline"):
            rebuilt += _paragraph(number)
            number = ""
        if in_paragraphs and token.type in _OF_NUMBERED_LIST:
            number = f"{token.info}{token.markup}" if token.type == "list_item_open" else ""
            continue
        if in_paragraphs and token.type.startswith("paragraph"):
            token.hidden = False
        if number and token.type == "inline":
            token.children = [text_token(f"{number} "), *(token.children or [])]
            number = ""
        rebuilt.append(token)
    tokens[:] = rebuilt


_OF_NUMBERED_LIST = {"ordered_list_open", "ordered_list_close", "list_item_open", "list_item_close"}


def _paragraph(text: str) -> list[Token]:
    inline = Token("inline", "", 0, content=text, children=[text_token(text)])
    return [
        Token("paragraph_open", "p", 1, block=True),
        inline,
        Token("paragraph_close", "p", -1, block=True),
    ]
