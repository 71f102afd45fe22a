"""Reads block lists as other people publish them: words, domains, hosts files, WordPress's disallowed keys, CSV.

Lines only; nothing is fetched. What a line cannot mean here is told with its number. Storing is `importing`'s work.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import ip_network

from comments_service.screening.rules.patterns import BadPattern, clean_pattern

FORMATS = ("words", "domains", "hosts", "wordpress", "csv")
MOST_ENTRIES = 200_000
_COMMENTS = ("#", "!", ";", "[Adblock")
_NOBODY = frozenset({"localhost", "localhost.localdomain", "broadcasthost", "local", "0.0.0.0"})

Entry = tuple[str, str]  # kind and pattern, as rules keep them


class TooManyEntries(ValueError):
    """The list is longer than a site's rules may be."""

    def __init__(self) -> None:
        super().__init__(f"FILE: it has more than {MOST_ENTRIES} entries; split it, and import what you need of it")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that is no entry: its number, from 1, and why."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class BlockList:
    """The entries of a file, each once, in its order; `left_out` are the lines that mean nothing here."""

    entries: tuple[Entry, ...]
    left_out: tuple[LeftOut, ...]


def read_block_list(lines: Iterable[str], form: str) -> BlockList:
    """The list in `lines`, written in one of FORMATS. Raises TooManyEntries."""
    entries: dict[Entry, None] = {}
    left_out: list[LeftOut] = []
    for number, (kind, typed) in _raw(lines, form):
        try:
            if kind not in {"word", "domain", "network"}:
                raise BadPattern("no_kind")
            entries[kind, clean_pattern(kind, typed)] = None
        except BadPattern as error:
            left_out.append(LeftOut(number, str(error)))
        if len(entries) > MOST_ENTRIES:
            raise TooManyEntries
    return BlockList(tuple(entries), tuple(left_out))


def _raw(lines: Iterable[str], form: str) -> Iterator[tuple[int, Entry]]:
    if form == "csv":
        for number, row in enumerate(csv.reader(lines), start=1):
            if row and row[0].strip() not in {"", "kind"}:
                yield number, (row[0].strip(), row[1] if len(row) > 1 else "")
        return
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        if text and not text.startswith(_COMMENTS):
            yield from ((number, entry) for entry in _BY_FORM[form](text))


def _hosts(text: str) -> Iterator[Entry]:
    """`0.0.0.0 ads.example tracker.example  # why`."""
    _, *names = text.partition("#")[0].split()
    yield from (("domain", name) for name in names if name not in _NOBODY)


def _wordpress(text: str) -> Iterator[Entry]:
    """WordPress looks for a line anywhere in name, text, URL and IP: so a word means every word that holds it."""
    try:
        ip_network(text, strict=False)
        yield "network", text
    except ValueError:
        if " " not in text and "." in text.strip("."):
            yield "domain", text
        else:
            yield "word", text if " " in text else f"*{text}*"


_BY_FORM = {
    "words": lambda text: iter([("word", text)]),
    "domains": lambda text: iter([("domain", text)]),
    "hosts": _hosts,
    "wordpress": _wordpress,
}
