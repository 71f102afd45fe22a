"""Signals beside the words: links, the website field, the name, shouting, disguise, straying from the topic.

Each is a number of about 0 to 1. Here: their names, in the order of the model's weights, and how they are read; a cheap
look comes before each costly pattern, because most comments have none of all this. Not here: what they are worth.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from classifier.prediction import Submission
from classifier.text import Traced

SIGNALS = (
    "links", "link_only", "markup_link", "website", "website_address", "website_in_text",
    "name_is_an_advert", "email", "telephone", "messenger", "money", "percent", "capitals", "exclamation",
    "question", "emoji", "digits", "disguised_letters", "invisible", "handle",
    "on_topic", "off_topic", "off_topic_link",
)  # fmt: skip

_LINK = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|\b[a-z0-9-]{2,63}\.(?:com|net|org|info|biz|ru|cn|xyz|top|shop|online|site|club|io|co|link|vip|live|win|bet)\b(?:/\S*)?",
    re.I,
)
_MARKUP = re.compile(r"<a\s|\[url|\]\(http|\[link", re.I)
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w")
_TELEPHONE = re.compile(r"(?<![\w.,])\+?\(?\d[\d ().\-]{7,18}\d(?![\w,])")
_DOTTED = re.compile(r"\.\w|://")
_MESSENGERS = ("whats", "telegram", "t.me", "wa.me", "viber", "wechat", "signal me", "skype", "hangout")
_MESSENGER = re.compile(r"\b(?:whats\s?app|telegram|t\.me|wa\.me|viber|wechat|signal me|skype|hangout)\b", re.I)
_MONEY = re.compile(r"[$€£₽₿]\s?\d|\d\s?[$€£₽₿]|\b\d+k?\s?(?:usd|eur|btc|руб)\b", re.I)
_DIGIT = re.compile(r"\d")
_PERCENT = re.compile(r"\d\s?%")
_EMOJI = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff]")
_HANDLE = re.compile(r"(?<!\S)@\w")
_TOPIC_WORD = re.compile(r"[^\W\d_]{4,}|[\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3]{2}")
_AROUND = 600  # characters of a title, a parent and a text that are compared
_SMALL, _CAPITALS, _DIGITS = b"abcdefghijklmnopqrstuvwxyz", b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"0123456789"
_ADVERT_NAME = re.compile(
    r"\b(?:buy|cheap|best|online|casino|loans?|seo|service|services|agency|hack(?:er|s)?|slots?|bet|betting|poker|"
    r"viagra|cialis|pills?|pharmacy|essay|escorts?|sale|shop|store|free|download|review|repair|movers|forex|crypto|"
    r"bitcoin|insurance|lawyer|plumb(?:er|ing)|company|click|here|website|https?|www|com|net)\b",
    re.I,
)


def signal_values(submissions: Sequence[Submission], texts: Sequence[Traced]) -> NDArray[np.float32]:
    """One row for each submission, one column for each of `SIGNALS`."""
    rows = [_values(submission, traced) for submission, traced in zip(submissions, texts, strict=True)]
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(SIGNALS))


def _values(submission: Submission, traced: Traced) -> tuple[float, ...]:
    text = submission.text
    links = _links(text)
    return (
        *links,
        *_website(submission.website, text),
        _share(len(_ADVERT_NAME.findall(submission.name)), 2) if submission.name else 0.0,
        *_contacts(text, traced.text),
        *_manner(text),
        *_disguise(text, traced),
        float("@" in text and bool(_HANDLE.search(text))),
        *_topic(submission, traced.text, bool(links[0] or submission.website)),
    )


def _links(text: str) -> tuple[float, ...]:
    found = _LINK.findall(text) if _DOTTED.search(text) else []
    left = len(text) - sum(map(len, found))
    markup = bool(_MARKUP.search(text)) if ("<" in text or "[" in text) else False
    return _share(len(found), 2), float(bool(found) and left < 25), float(markup)


def _website(website: str, text: str) -> tuple[float, ...]:
    address = website.strip().lower()
    if not address:
        return 0.0, 0.0, 0.0
    host = re.sub(r"^\w+://(?:www\.)?", "", address).split("/")[0]
    oddness = host.count("-") + sum(c.isdigit() for c in host) + (len(host) > 24) + len(_ADVERT_NAME.findall(address))
    return 1.0, _share(oddness, 3), float(bool(host) and host in text.lower())


def _contacts(text: str, folded: str) -> tuple[float, ...]:
    digits = _DIGIT.search(text) is not None
    return (
        float("@" in text and bool(_EMAIL.search(text))),
        float(digits and bool(_TELEPHONE.search(text))),
        float(any(name in folded for name in _MESSENGERS) and bool(_MESSENGER.search(folded))),
        float(digits and bool(_MONEY.search(text))),
        float(digits and bool(_PERCENT.search(text))),
    )


def _manner(text: str) -> tuple[float, ...]:
    letters, capitals, digits = _counts(text)
    emoji = 0 if text.isascii() else len(_EMOJI.findall(text))
    return (
        max(capitals / max(letters, 1) - 0.2, 0.0) if letters > 5 else 0.0,
        _share(text.count("!"), 4),
        _share(text.count("?"), 2),
        _share(emoji, 5),
        digits / max(len(text), 1),
    )


def _counts(text: str) -> tuple[int, int, int]:
    """Letters, capitals and decimal digits."""
    if not text.isascii():
        return sum(map(str.isalpha, text)), sum(map(str.isupper, text)), sum(map(str.isdigit, text))
    octets = text.encode()
    small, capitals = (len(octets) - len(octets.translate(None, some)) for some in (_SMALL, _CAPITALS))
    return small + capitals, capitals, len(octets) - len(octets.translate(None, _DIGITS))


def _topic(submission: Submission, folded: str, linked: bool) -> tuple[float, ...]:
    """Own words that thread and parent have too; straying from them; straying with a link in or beside the text."""
    around = frozenset(_TOPIC_WORD.findall(f"{submission.title} {submission.parent}".casefold()[:_AROUND]))
    if len(around) < 2:
        return 0.0, 0.0, 0.0
    own = set(_TOPIC_WORD.findall(folded[:_AROUND]))
    shared = len(own & around)
    astray = float(not shared)
    return _share(shared, 3), astray, astray * linked


def _disguise(text: str, traced: Traced) -> tuple[float, ...]:
    """Share of letters from outside any alphabet's plain letters, and of characters that nobody can see."""
    if text.isascii():
        return 0.0, 0.0
    styled = sum("\U0001d400" <= c <= "\U0001d7ff" or "\uff21" <= c <= "\uff5a" or "\U0001f130" <= c <= "\U0001f189"
                 or "\u24b6" <= c <= "\u24e9" for c in text)  # fmt: skip
    unseen = sum("\u200b" <= c <= "\u200f" or "\u2060" <= c <= "\u2064" or c == "\u00ad" for c in text)
    return _share(styled, 6), _share(unseen, 4)


def _share(count: int, enough: int) -> float:
    return min(max(count, 0) / enough, 1.0)
