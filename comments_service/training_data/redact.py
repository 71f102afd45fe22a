"""Takes out of a text what points to a person and teaches a model nothing: addresses, phones, handles, names.

Links stay: they are the signal.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from comments_service.privacy.hide import find_addresses

ADDRESS, PHONE, HANDLE, NAME = "[address]", "[phone]", "[handle]", "[name]"

_STAND_INS = re.compile(r"\[(?:address|phone|handle|name)\]")
# Seven to fifteen digits (E.164) in groups; brackets, dots, hyphens and blanks between them as people write them.
_PHONE = re.compile(r"(?<![\w.,])(?:\+|00)?\(?\d(?:[ \t().\u00a0\u2010-\u2013/-]{0,3}\d){6,14}(?![\w])")
_DATE_OR_AMOUNT = re.compile(
    r"\d{4}([-./])\d{1,2}\1\d{1,2}|\d{1,2}([-./])\d{1,2}\2\d{4}|\d{4}\s?[-\u2013]\s?\d{4}"
    r"|\d{1,3}(?:[., \u00a0]\d{3}){2,}"
)
_HANDLE = re.compile(r"(?<![\w@/.])@[^\W_][\w.-]{0,62}[\w]|(?<![\w@/.])@\w{2,}")
_PASSES = 4
_SHORTEST_NAME = 3  # characters: "Al" or "Jo" would take half of the words of some languages with it


class _Find(NamedTuple):
    begin: int
    end: int
    stand_in: str


def redact(text: str, author: str = "") -> str:
    """`text` with stand-ins for what points to a person. Redacting twice changes nothing more.

    `author` is the comment's own name: people sign what they write. Its parts count too, where they are written like
    a name and not like a word.
    """
    names = _names(author)
    for _ in range(_PASSES):  # what stood around a find can make up another one
        redacted = _once(text, names)
        if redacted == text:
            break
        text = redacted
    return text


def _once(text: str, names: list[re.Pattern[str]]) -> str:
    parts, position = [], 0
    for find in _merged([*_finds(text, names)]):
        parts += [text[position : find.begin], find.stand_in]
        position = find.end
    return "".join([*parts, text[position:]])


def _finds(text: str, names: list[re.Pattern[str]]) -> Iterator[_Find]:
    # What stands in for an earlier find is found as well, and put back as it is.
    for match in _STAND_INS.finditer(text):
        yield _Find(*match.span(), match[0])
    for begin, end in find_addresses(text):
        yield _Find(begin, end, ADDRESS)
    for match in _PHONE.finditer(text):
        if not _DATE_OR_AMOUNT.fullmatch(match[0]):
            yield _Find(*match.span(), PHONE)
    for match in _HANDLE.finditer(text):
        yield _Find(*match.span(), HANDLE)
    for name in names:
        for match in name.finditer(text):
            yield _Find(*match.span(), NAME)


def _names(author: str) -> list[re.Pattern[str]]:
    """The whole name, and its parts that are written like names: of "Jan van der Berg", "van" and "der" stay words."""
    whole = author.strip()
    parts = [part.strip(".,()") for part in whole.split()]
    names = {whole, *(part for part in parts if not part.islower())}
    return [
        re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
        for name in sorted(names)
        if len(name) >= _SHORTEST_NAME
    ]


def _merged(finds: list[_Find]) -> list[_Find]:
    """Finds in order and apart; of overlapping ones the whole stretch goes, under the longer one's stand-in."""
    merged: list[_Find] = []
    for find in sorted(finds, key=lambda find: (find.begin, -find.end)):
        if not merged or find.begin >= merged[-1].end:
            merged.append(find)
            continue
        last = merged[-1]
        longer = find if find.end - find.begin > last.end - last.begin else last
        merged[-1] = _Find(last.begin, max(last.end, find.end), longer.stand_in)
    return merged
