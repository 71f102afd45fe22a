"""The visible text of a parsed comment as one string, and replacing parts of it across all its tokens.

`jane*@*example.com` is three tokens and one address to the reader's eye; only the flat text shows it.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

from markdown_it.token import Token

from comments_service.content.markdown import text_token

HIDDEN = "[address hidden]"
FindHidden = Callable[[str], list[tuple[int, int]]]

_BREAKS = {"softbreak", "hardbreak"}
_WITH_TEXT = {"text", "code_inline", "fence", "code_block"}
_PASSES = 3  # taking out one address can bring the halves of another together


def flat_text(tokens: list[Token]) -> str:
    """The text that a reader sees: lines end in \\n, blocks in an empty line, marks and URLs of links left out."""
    return "".join(text for _, text in _pieces(tokens))


def hide(tokens: list[Token], find_hidden: FindHidden) -> None:
    """Replace whatever `find_hidden` finds in the visible text by "[address hidden]"; drop links that hold it."""
    for token in tokens:
        if token.type == "inline":
            token.children = _without_hidden_links(token.children or [], find_hidden)
    for _ in range(_PASSES):
        pieces = _pieces(tokens)
        spans = _merged(find_hidden("".join(text for _, text in pieces)))
        if not spans:
            return
        _cut(pieces, spans)


def _pieces(tokens: list[Token]) -> list[tuple[Token | None, str]]:
    """Each token that bears text with what it shows; breaks belong to no token and are never changed."""
    pieces: list[tuple[Token | None, str]] = []
    for token in tokens:
        for part in chain([token], token.children or []):
            if part.type in _WITH_TEXT:
                pieces.append((part, part.content))
            elif part.type in _BREAKS:
                pieces.append((None, "\n"))
        if token.type in ("inline", "fence", "code_block"):
            pieces.append((None, "\n\n"))
    return pieces


def _cut(pieces: list[tuple[Token | None, str]], spans: list[tuple[int, int]]) -> None:
    """Take the spans out of the tokens; the first token of each span gets the replacement."""
    unshown = list(reversed(spans))
    offset = 0
    for token, text in pieces:
        end = offset + len(text)
        if token is not None:
            kept, position = "", offset
            for begin, stop in spans:
                if stop <= offset or begin >= end:
                    continue
                kept += text[position - offset : max(begin - offset, 0)]
                if unshown and unshown[-1] == (begin, stop):
                    kept += HIDDEN
                    unshown.pop()
                position = min(stop, end)
            token.content = kept + text[position - offset :]
        offset = end


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if merged and begin < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif begin < end:
            merged.append((begin, end))
    return merged


def _without_hidden_links(children: list[Token], find_hidden: FindHidden) -> list[Token]:
    """Links stay as their text alone where the URL holds an address; an empty link shows its URL."""
    kept: list[Token] = []
    is_dropped = False
    for token in children:
        if token.type == "link_open":
            is_dropped = bool(find_hidden(str(token.attrGet("href") or "")))
        elif token.type == "link_close" and kept and kept[-1].type == "link_open":
            kept.append(text_token(str(kept[-1].attrGet("href") or "")))
        if not (is_dropped and token.type in ("link_open", "link_close")):
            kept.append(token)
    return kept
