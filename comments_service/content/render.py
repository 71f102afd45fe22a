"""A comment's Markdown as safe HTML for every public surface. The way is always: parse, hide, link, sanitise.

Rendered HTML is kept beside the comment with RENDERER_VERSION; whoever changes the outcome of anything in this
package raises the version, and what is stored with an older one is rendered again.
"""

from __future__ import annotations

from markdown_it.token import Token

from comments_service.content.flat_text import FindHidden, hide
from comments_service.content.links import find_links
from comments_service.content.markdown import parse, text_token, to_html
from comments_service.content.sanitise import sanitise
from comments_service.content.urls import safe_href

RENDERER_VERSION = 1


def render(source: str, *, find_hidden: FindHidden) -> str:
    """Safe HTML of `p br em strong del code pre blockquote ul ol li a[href]` for `source`.

    `find_hidden` gives the spans of a text that must not be shown (in practice `privacy.hide.find_addresses`); it
    sees the visible text of the whole comment and each link's URL. Raises ValueError beyond 10 000 characters.
    """
    tokens = parse(source)
    hide(tokens, find_hidden)
    for token in tokens:
        if token.type == "inline":
            token.children = _linked(token.children or [])
    return sanitise(to_html(tokens)).strip()


def _linked(children: list[Token]) -> list[Token]:
    """The tokens with written-out URLs as links and strikethrough as `del`, the tag that is allowed."""
    linked: list[Token] = []
    in_link = False
    for token in children:
        if token.type in ("link_open", "link_close"):
            in_link = token.type == "link_open"
        if token.type in ("s_open", "s_close"):
            token.tag = "del"
        linked += [token] if in_link or token.type != "text" else _with_links(token.content)
    return linked


def _with_links(text: str) -> list[Token]:
    tokens: list[Token] = []
    position = 0
    for link in find_links(text):
        tokens += [text_token(text[position : link.begin]), *_link(text[link.begin : link.end], link.href)]
        position = link.end
    return [*tokens, text_token(text[position:])]


def _link(shown: str, href: str) -> list[Token]:
    opening = Token("link_open", "a", 1, attrs={"href": safe_href(href) or ""})
    return [opening, text_token(shown), Token("link_close", "a", -1)]
