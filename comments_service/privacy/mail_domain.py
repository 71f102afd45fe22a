"""The domain that follows an at-sign in folded text, however its dots are written. Used by hide.py alone."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from comments_service.privacy.address_words import (
    COMMON_TOP,
    DOT_WORDS,
    DOT_WORDS_UNSPACED,
    ENGLISH_WORDS,
    EVERYDAY_WORDS,
    FILE_ENDINGS,
    KNOWN_TOP,
    VERSION_WORDS,
)

DotKind = Literal["plain", "soft", "spaced", "bracketed", "flanked", "word", "capitals"]

_MOST_LABELS = 12
_OPEN, _CLOSE = r"[(\[{<\"'“‘«*|~=_-]", r"[)\]}>\"'”’»*|~=_-]"
_LABEL = re.compile(
    rf"[^\W_](?:(?![-_](?:dot|punkt|punto|ponto|point)[-_]|(?-i:(?<=[a-z0-9])DOT(?=[a-z]))|{DOT_WORDS_UNSPACED})[\w-]){{0,62}}",
    re.IGNORECASE,
)
_DOT = re.compile(
    rf"(?P<bracketed>\s{{0,2}}{_OPEN}{{1,2}}\s{{0,2}}(?:{DOT_WORDS}|\.|{DOT_WORDS_UNSPACED})\s{{0,2}}{_CLOSE}{{1,2}}\s{{0,2}})"
    r"|(?P<plain>[*`~]{0,2}\.{1,2}[*`~]{0,2}(?=[^\W_]))"
    r"|(?P<soft>\s{0,2}[。·•∙⋅‧,](?=[^\W_]))"
    r"|(?P<flanked>(?P<flank>[-_])(?:dot|punkt|punto|ponto|point)(?P=flank))"
    rf"|(?P<word>\s{{1,3}}(?:{DOT_WORDS})\s{{1,3}}|\s{{0,2}}(?:{DOT_WORDS_UNSPACED})\s{{0,2}})"
    r"|(?P<capitals>(?-i:(?<=[a-z0-9])DOT(?=[a-z])))"
    r"|(?P<spaced>\s{1,2}\.\s{0,2}|\.\s{1,2})",
    re.IGNORECASE,
)
_ENDING = re.compile(r"xn--[a-z0-9-]{2,59}|[a-z]{2,24}|[^\W\d_]{2,24}", re.IGNORECASE)
_CODE = re.compile(r"[(\[=]")
_AT_SENTENCE_END = re.compile(r"\s*(?:[.,;:!?)\]}>\"'»”/|-]|\n|$)")


class Domain(NamedTuple):
    """Where a domain ends in the folded text, its name with plain dots, and whether any dot was written otherwise."""

    end: int
    name: str
    is_disguised: bool

    @property
    def top(self) -> str:
        """The top-level domain in lower case."""
        return self.name.rpartition(".")[2].lower()

    @property
    def is_known(self) -> bool:
        """Whether the top-level domain is one of the list of those in use."""
        return self.top in KNOWN_TOP


def domain_at(text: str, position: int, *, is_at_certain: bool, is_attached: bool) -> Domain | None:
    """The longest domain that begins at `position`, or None.

    `is_at_certain`: the at-sign before it is one (`@`, `[at]`), not the word "at", so that any ending will do.
    `is_attached`: nothing stands between them, as in `name@example`.
    """
    labels: list[str] = []
    best: Domain | None = None
    dot: DotKind = "plain"
    is_disguised = False
    while len(labels) < _MOST_LABELS and (label := _LABEL.match(text, position)):
        labels.append(label[0])
        if len(labels) > 1:
            stop = _ending(text, labels, label.start(), dot, is_disguised, is_at_certain and is_attached)
            # A sentence may go on after a whole address ("jane@example.com. so ..."): no spaced dot continues it.
            is_whole = best is not None and not best.is_disguised and dot in ("spaced", "soft")
            if stop is not None and not is_whole:
                length = stop - label.start()
                best = Domain(stop, ".".join([*labels[:-1], label[0][:length]]), is_disguised)
            elif best is not None and label[0].lower() in FILE_ENDINGS and not best.is_known:
                best = None  # report@team.final.docx
        match = _DOT.match(text, label.end())
        if match is None:
            break
        dot = match.lastgroup  # type: ignore[assignment]  # every alternative is a named group
        is_disguised = is_disguised or dot != "plain"
        position = match.end()
    return best


def _ending(
    text: str, labels: list[str], begin: int, dot: DotKind, is_disguised: bool, is_plain_at: bool
) -> int | None:
    """Where the top-level domain that begins at `begin` ends; None where the last label can't be one."""
    match = _top_level(text, labels, begin)
    if match is None:
        return None
    is_sure = is_plain_at and not is_disguised
    is_one = _is_plausible(text, match) if is_sure else _is_beyond_doubt(text, match, dot)
    return match.end() if is_one else None


def _top_level(text: str, labels: list[str], begin: int) -> re.Match[str] | None:
    """The letters at the head of the last label: `com` of `com-old`, `com2` and `com` with Chinese text behind."""
    match = _ENDING.match(text, begin)
    if match is None:
        return None
    top, rest = match[0].lower(), labels[-1][len(match[0]) :]
    if rest and rest[0] not in "-_" and not (top in KNOWN_TOP and (rest[0].isdigit() or not rest[0].isascii())):
        return None
    is_file = top in FILE_ENDINGS or labels[-1].lower() in FILE_ENDINGS
    return None if is_file or _is_version(labels, top) else match


def _is_beyond_doubt(text: str, match: re.Match[str], dot: DotKind) -> bool:
    """Where at-sign or dots are words or stand apart, sentences look alike: only endings that exist count."""
    top = match[0].lower()
    if top not in KNOWN_TOP:
        return dot in ("bracketed", "flanked")
    if top not in COMMON_TOP and _CODE.match(text, match.end()):
        return False
    # "jane@home. es ..." may be two sentences; a dot with a space on both sides seldom ends one.
    is_apart = re.search(r"\s\.\s$", text[max(0, match.start() - 3) : match.start()]) is not None
    words = ENGLISH_WORDS if is_apart else EVERYDAY_WORDS
    is_doubtful = dot in ("spaced", "soft") and top in words
    return not is_doubtful or _AT_SENTENCE_END.match(text, match.end()) is not None


def _is_plausible(text: str, match: re.Match[str]) -> bool:
    """`a@b.Then` is a sentence's end and `a@b.shape(` code; with an ending that exists both are still addresses."""
    top = match[0]
    if top.lower() in KNOWN_TOP:
        return True
    is_sentence = top[0].isupper() and top[1:].islower()
    return not is_sentence and not _CODE.match(text, match.end())


def _is_version(labels: list[str], top: str) -> bool:
    """`pkg@1.2.x`, `pkg@v2.beta`, `icon@2x.theme`: but 163.com and 1und1.de are domains."""
    first = labels[0].lower()
    if re.fullmatch(r"\d{1,3}x", first):
        return True
    if not re.fullmatch(r"v?\d+", first):
        return False
    return top in VERSION_WORDS or (len(labels) > 2 and labels[1][:1].isdigit())
