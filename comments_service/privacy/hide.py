"""Finds e-mail addresses inside running text, however people write them, and hides them.

Works on any text: a name, a title, a URL, the flat text of a comment. Leaves what only looks like an address:
`pkg@1.2.3`, `user@host:~$`, `@handle`, `icon@2x.png`, "look at example.com". Linear in the length of the text: each
at-sign looks left no further than the one before it and right no further than twelve labels.
"""

from __future__ import annotations

import re

from comments_service.privacy.address_words import (
    AT_WORDS,
    AT_WORDS_UNSPACED,
    BEFORE_AT,
    DOT_WORDS,
    ENGLISH_WORDS,
    FILE_ENDINGS,
    FILE_OR_COUNTRY,
    MAIL_CONTEXT,
    NO_DOMAIN,
    PROVIDERS,
)
from comments_service.privacy.folding import Folded, fold
from comments_service.privacy.mail_domain import Domain, domain_at

HIDDEN = "[address hidden]"

_PASSES = 4
_QUOTES = "\"'“”‘’«»"
_OPEN, _CLOSE = rf"[(\[{{<{_QUOTES}]", rf"[)\]}}>{_QUOTES}]"
_AT = re.compile(
    rf"(?P<bracketed>\s{{0,2}}{_OPEN}{{1,2}}[\s*_-]{{0,3}}(?:{AT_WORDS}|ät|@|{AT_WORDS_UNSPACED})[\s*_-]{{0,3}}{_CLOSE}{{1,2}}\s{{0,2}})"
    rf"|(?P<decorated>(?<=\w)\s{{1,2}}(?P<mark>[-*_|~=]{{1,2}})(?:{AT_WORDS}|@)(?P=mark)\s{{1,2}})"
    r"|(?P<letter>(?<=[\w])[(\[{]a[)\]}](?=\w))"
    r"|(?P<sign>@)"
    r"|(?P<flanked>(?<=[^\W_])(?P<flank>[-_*=|~+]{1,2})at(?P=flank)(?=[^\W_]))"
    rf"|(?P<word>(?<=[^\W_])\s{{1,3}}(?:{AT_WORDS})\s{{1,3}}(?=[^\W_])|(?<=[^\W_])\s{{0,2}}(?:{AT_WORDS_UNSPACED})\s{{0,2}}(?=[^\W_]))"
    r"|(?P<capitals>(?-i:(?<=[a-z0-9])AT(?=[a-z0-9])))",
    re.IGNORECASE,
)
_NOISE_AFTER = re.compile(r"[*`~|\"'_(\[{<]{0,3}")
_SPACE_AFTER = re.compile(r"\s{0,3}")
_LITERAL = re.compile(r"\[(?:IPv6:)?[0-9a-f.:]{3,45}\]", re.IGNORECASE)
_LOCAL = frozenset(".+!#$%&'*=?^{|}~-_`")
_DOT_BEFORE = re.compile(
    rf"(?:\s{{1,2}}(?:{DOT_WORDS})\s{{1,2}}|\s{{0,2}}[(\[{{<](?:{DOT_WORDS}|\.)[)\]}}>]\s{{0,2}}|\s{{1,2}}underscore\s{{1,2}})$",
    re.IGNORECASE,
)
_PARAMETER = re.compile(
    r"[?&\w=-]{0,200}[?&][\w-]{1,32}=|(?:e?-?mail|user|name|address|to|from|login|id|u|q|contact)=",
    re.IGNORECASE,
)
_PROMPT = re.compile(r":~?[\w./-]{0,60}\s?[$#%>](?!\w)|:~|\s[~\w/.-]{1,60}\][$#%]")
_SPACED_LETTERS = re.compile(r"(?<!\w)(?:[\w.] ){2,64}@ (?:[\w-] ){2,64}\. (?:\w ){1,6}\w(?!\w)")
_REVERSED = re.compile(
    r"(?<![\w.@-])(?:moc|ten|gro|ude|vog|ofni|ed|rf|ku\.oc|ur)\.[\w-]{1,63}(?:\.[\w-]{1,63}){0,3}@[\w.+-]{1,64}",
    re.IGNORECASE,
)


def find_addresses(text: str) -> list[tuple[int, int]]:
    """The spans of `text`, in order and apart from one another, that hold an e-mail address in any spelling."""
    folded = fold(text)
    spans: list[tuple[int, int]] = []
    if "@" in folded.text:
        spans += (match.span() for match in _SPACED_LETTERS.finditer(folded.text))
        spans += (match.span() for match in _REVERSED.finditer(folded.text))
    floor = 0
    for mark in _AT.finditer(folded.text):
        span = _address_around(folded.text, mark, floor)
        if span is not None:
            spans.append(span)
        floor = mark.end()
    return _merged(_in_original(folded, spans))


def hide_addresses(text: str) -> str:
    """`text` with "[address hidden]" for each address. Hiding what was hidden already changes nothing."""
    for _ in range(_PASSES):  # what stood around an address can make up another one
        spans = find_addresses(text)
        if not spans:
            break
        for begin, end in reversed(spans):
            text = text[:begin] + HIDDEN + text[end:]
    return text


def _address_around(text: str, mark: re.Match[str], floor: int) -> tuple[int, int] | None:
    kind = mark.lastgroup
    if kind == "sign":
        return _around_sign(text, mark.start(), floor)
    is_certain = kind in ("bracketed", "decorated")
    domain = domain_at(text, mark.end(), is_at_certain=is_certain, is_attached=is_certain)
    begin = _local_begin(text, mark.start(), floor)
    if domain is None or begin is None:
        return None
    local = text[begin : mark.start()]
    if kind == "word" and not _is_meant(text, begin, local, domain, mark[0].strip()):
        return None
    if kind in ("flanked", "capitals") and not _is_flanked_address(mark[0], domain):
        return None
    return begin, domain.end


def _around_sign(text: str, at: int, floor: int) -> tuple[int, int] | None:
    left = at
    while left > floor and at - left < 3 and text[left - 1].isspace():
        left -= 1
    begin = _local_begin(text, left, floor)
    if begin is None:
        return None
    right = _SPACE_AFTER.match(text, at + 1).end()  # type: ignore[union-attr]  # matches the empty string, too
    literal = _LITERAL.match(text, right)
    if literal:
        return begin, literal.end()
    spaced_left, spaced_right = left < at, right > at + 1
    start = _NOISE_AFTER.match(text, right).end()  # type: ignore[union-attr]
    domain = domain_at(text, start, is_at_certain=True, is_attached=not (spaced_left or spaced_right))
    if domain is None or _is_machine(text, begin, left, domain):
        return None
    local = text[begin:left]
    if spaced_left and not spaced_right and not _is_provider_or_mail(text, begin, local, domain):
        return None  # "thanks @jane.doe" is a handle
    if spaced_left and spaced_right and local.lower() in BEFORE_AT:
        return None
    return begin, domain.end


def _local_begin(text: str, end: int, floor: int) -> int | None:
    """Where the part before the at-sign begins; None where there is none."""
    begin = _quoted_begin(text, end, floor)
    if begin is not None:
        return begin
    begin = _run_begin(text, end, floor)
    for _ in range(4):  # jane [dot] q [dot] doe
        before = _DOT_BEFORE.search(text, max(floor, begin - 20), begin)
        further = _run_begin(text, before.start(), floor) if before else begin
        if before is None or further == before.start():
            break
        begin = further
    parameter = _PARAMETER.match(text, begin, end)
    begin = parameter.end() if parameter else begin
    while begin < end and not text[begin].isalnum():
        begin += 1
    return begin if begin < end and any(letter.isalnum() for letter in text[begin:end]) else None


def _run_begin(text: str, end: int, floor: int) -> int:
    begin = end
    while begin > floor and (text[begin - 1].isalnum() or text[begin - 1] in _LOCAL):
        begin -= 1
        if text[begin] >= "\u2e80" and begin + 1 < end and text[begin + 1].isascii():
            return begin + 1  # Chinese or Japanese text runs into an address without a space
    return begin


def _quoted_begin(text: str, end: int, floor: int) -> int | None:
    """The quoted form, `"jane doe"@example.com`."""
    if end - floor < 3 or text[end - 1] != '"':
        return None
    opening = text.rfind('"', max(floor, end - 66), end - 1)
    return opening if opening >= 0 and "\n" not in text[opening:end] and end - opening > 2 else None


def _is_machine(text: str, begin: int, left: int, domain: Domain) -> bool:
    """A shell prompt (`root@web.example.com:~#`) or the service user of a code host (`git@example.com:a/b.git`)."""
    if _PROMPT.match(text, domain.end):
        return True
    return text[begin:left] == "git" and re.match(r"[:/]\w", text[domain.end : domain.end + 2]) is not None


def _is_meant(text: str, begin: int, local: str, domain: Domain, word: str) -> bool:
    """Whether "name at domain" gives an address, not a place in a sentence."""
    if not any(letter.isalpha() for letter in local) or domain.name.partition(".")[0].lower() in NO_DOMAIN:
        return False
    if word.lower() != "at":
        return True
    if local.lower() in BEFORE_AT:
        return False
    if domain.is_disguised:
        return domain.top not in ENGLISH_WORDS or re.match(r"\s*(?:[^\w\s]|\n|$)", text[domain.end :][:8]) is not None
    if _is_provider_or_mail(text, begin, local, domain) or _has_name_form(local):
        return True
    line_begins = text.rfind("\n", 0, begin) + 1
    alone = (
        not text[line_begins:begin].strip()
        and re.match(r"[ .]{0,3}(?:\n|$)", text[domain.end : domain.end + 4]) is not None
    )
    return alone and local.isalpha() and local.islower()


def _is_provider_or_mail(text: str, begin: int, local: str, domain: Domain) -> bool:
    if local.lower() in BEFORE_AT:
        return False
    return (
        PROVIDERS.fullmatch(domain.name) is not None or MAIL_CONTEXT.search(text, max(0, begin - 40), begin) is not None
    )


def _has_name_form(local: str) -> bool:
    """`jane.doe`, `jane_doe`: but not `setup.py` or `Node.js`."""
    parts = re.split(r"[._]", local.lower())
    return (
        len(parts) > 1
        and all(len(part) > 2 and part.isalpha() for part in parts)
        and not (
            parts[-1] in FILE_ENDINGS
            or parts[-1] in FILE_OR_COUNTRY
            or parts[-1] in ("com", "net", "org", "gov", "edu")
        )
    )


def _is_flanked_address(mark: str, domain: Domain) -> bool:
    """`jane_at_example.com`; with hyphens, which domains have themselves, only where the dot is spelt out, too."""
    if domain.is_disguised:
        return True
    return mark[0] not in "-aA" and domain.top not in FILE_OR_COUNTRY


def _in_original(folded: Folded, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(folded.begins[begin], folded.ends[end - 1]) for begin, end in spans if begin < end]


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if merged and begin < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged
