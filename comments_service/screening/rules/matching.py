"""Which of a site's rules meet a comment. Pure, and the one place for intake, edits, checks for others, dry runs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from ipaddress import ip_network
from urllib.parse import urlsplit

from comments_service.content.links import links_in
from comments_service.screening.checks.words import plain_words
from comments_service.screening.rules.word_patterns import NothingToFind, WordIndex, word_pattern

_WEIGHTIEST = ("spam", "limited", "hold")


@dataclass(frozen=True)
class Facts:
    """What rules ask of a comment. `network` is like 192.0.2.0/24, `network_digest` its digest of the day."""

    name: str
    website: str
    body: str
    blind_index: str = ""
    network: str = ""
    network_digest: str | None = None

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(plain_words(f"{self.name}\n{self.body}").split())

    @cached_property
    def hosts(self) -> tuple[str, ...]:
        links = [*links_in(self.body), *([self.website] if self.website else [])]
        return tuple(dict.fromkeys(filter(None, map(host_of, links))))


@dataclass(frozen=True, slots=True)
class Terms:
    """What becomes of a comment that a rule meets, and until when it holds. `list_name` is empty for a single rule."""

    action: str
    expires_at: datetime | None
    list_name: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that a comment met. `what` is the word pattern or the host that was found, empty for its sender."""

    rule_id: int
    kind: str
    what: str
    terms: Terms


class Entries:
    """Patterns by kind, each found by looking it up; `rows` are (rule id, kind, pattern)."""

    def __init__(self, rows: Iterable[tuple[int, str, str]]) -> None:
        self._exact: dict[tuple[str, str], tuple[int, ...]] = {}
        self._words = WordIndex()
        self._patterns: dict[int, str] = {}
        for rule_id, kind, pattern in rows:
            if kind == "word":
                self._add_word(rule_id, pattern)
            else:
                key = (kind, pattern.lower())
                self._exact[key] = (*self._exact.get(key, ()), rule_id)

    def _add_word(self, rule_id: int, pattern: str) -> None:
        try:
            self._words.add(rule_id, word_pattern(pattern))
        except NothingToFind:
            return  # put into the table by hand: it stands for nothing, and must not stop any comment
        self._patterns[rule_id] = pattern

    def met(self, facts: Facts) -> Iterator[tuple[int, str, str]]:
        """(rule id, kind, what was found) of every entry that meets the comment."""
        for kind, keys in self._keys(facts):
            for what, key in keys:
                for rule_id in self._exact.get((kind, key), ()):
                    yield rule_id, kind, what
        if self._patterns:
            for rule_id in sorted(self._words.found(facts.words)):
                yield rule_id, "word", self._patterns[rule_id]

    def _keys(self, facts: Facts) -> Iterator[tuple[str, Iterable[tuple[str, str]]]]:
        if not self._exact:
            return
        yield "address", [("", facts.blind_index)] if facts.blind_index else []
        yield "network_day", [("", facts.network_digest)] if facts.network_digest else []
        yield "network", (("", network) for network in networks_above(facts.network))
        yield "domain", ((host, name) for host in facts.hosts for name in names_above(host))


@dataclass(frozen=True, slots=True)
class Group:
    """Entries with their terms: one for all where they are a list's, by id where each is a rule of its own."""

    entries: Entries
    terms: Terms | Mapping[int, Terms]


def matches(groups: Iterable[Group], facts: Facts, now: datetime) -> list[Match]:
    """Every rule in force at `now` that meets the comment, the weightiest first, of those the eldest."""
    found = [
        Match(rule_id, kind, what, group.terms if isinstance(group.terms, Terms) else group.terms[rule_id])
        for group in groups
        for rule_id, kind, what in group.entries.met(facts)
    ]
    holding = (one for one in found if one.terms.expires_at is None or one.terms.expires_at > now)
    return sorted(holding, key=lambda one: (_WEIGHTIEST.index(one.terms.action), one.rule_id))


def host_of(link: str) -> str:
    """The host that a link or website leads to, in lower case; empty where there is none."""
    try:
        return (urlsplit(link if "//" in link else f"//{link}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def names_above(host: str) -> list[str]:
    """The host and every domain above it: `a.b.example`, `b.example`, `example`."""
    labels = host.split(".")
    return [".".join(labels[start:]) for start in range(len(labels))]


@lru_cache(maxsize=1024)
def networks_above(network: str) -> tuple[str, ...]:
    """The network and every wider one; none for what is not a network ("unknown")."""
    try:
        found = ip_network(network)
    except ValueError:
        return ()
    return tuple(str(found.supernet(new_prefix=length)) for length in range(found.prefixlen, 0, -1))
