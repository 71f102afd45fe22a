"""A stranger's text cut into pieces for the page: what pushed a score is marked, what is invisible is named.

An invisible or direction-turning character never reaches the page itself, so no comment can disguise its own text or
reach out of its box. Escaping is the template's work.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from comments_service.moderation.context import Item
from comments_service.moderation.marking import MarkedText

_BLANK = frozenset("\u00ad\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe0e")
_JOINERS = frozenset("\u200c\u200d")
_KEPT = frozenset("\n\t")
_WORTH_ASKING = 0.35  # below, a score needs no explanation, and marks would cast suspicion on fair words
_MOST_MARKS = 8  # combining marks on one letter; more than any script needs climb over the lines around them


@dataclass(frozen=True)
class Segment:
    """A piece of text. `labels` are the scores that it pushed; `invisible` names a character that is not shown."""

    text: str
    labels: tuple[str, ...] = ()
    invisible: str = ""


@dataclass(frozen=True)
class Signal:
    """Something beside the text that pushed the score of `label`."""

    name: str
    label: str


def telling_segments(item: Item) -> list[Segment]:
    """The pieces of a comment, marked where they pushed a score up that is high enough to be asked about."""
    labels = _telling_labels(item)
    spans = tuple(span for span in item.body.spans if span.weight > 0 and span.label in labels)
    return segments(MarkedText(item.body.text, spans))


def telling_signals(item: Item) -> list[Signal]:
    """What beside the text pushed such a score up."""
    labels = _telling_labels(item)
    signals = item.scores.signals if item.scores else ()
    return [Signal(name, label) for label, name, weight in signals if weight > 0 and label in labels]


def _telling_labels(item: Item) -> set[str]:
    values = item.scores.values if item.scores else {}
    return {label for label, value in values.items() if value >= _WORTH_ASKING}


def segments(marked: MarkedText) -> list[Segment]:
    """The pieces of a comment, in order; their texts and invisible characters make up the whole again."""
    edges = sorted({0, len(marked.text), *(edge for span in marked.spans for edge in (span.begin, span.end))})
    found: list[Segment] = []
    for begin, end in pairwise(edges):
        labels = dict.fromkeys(span.label for span in marked.spans if span.begin <= begin and end <= span.end)
        found += _pieces(marked.text, begin, end, tuple(labels))
    return found


def visible_segments(text: str) -> list[Segment]:
    """The pieces of a name or a title, where no score points to anything."""
    return segments(MarkedText(text, ()))


def _pieces(text: str, begin: int, end: int, labels: tuple[str, ...]) -> Iterator[Segment]:
    shown: list[str] = []
    marks = 0
    for position in range(begin, end):
        character = text[position]
        marks = marks + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if not _is_invisible(text, position) and marks <= _MOST_MARKS:
            shown.append(character)
            continue
        if shown:
            yield Segment("".join(shown), labels)
            shown = []
        if marks <= _MOST_MARKS:
            yield Segment(character, labels, _name(character))
    if shown:
        yield Segment("".join(shown), labels)


def _is_invisible(text: str, position: int) -> bool:
    character = text[position]
    if character in _KEPT:
        return False
    if character in _JOINERS:
        return not _joins_fairly(text[max(0, position - 1) : position])
    return character in _BLANK or unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def _joins_fairly(before: Iterable[str]) -> bool:
    """Persian, Indic scripts and emoji need joiners; between Latin, Greek or Cyrillic letters they only disguise."""
    for character in before:
        european = unicodedata.name(character, "").startswith(("LATIN", "GREEK", "CYRILLIC", "DIGIT"))
        return not european and not character.isspace() and character not in _JOINERS
    return False


def _name(character: str) -> str:
    return unicodedata.name(character, f"U+{ord(character):04X}").lower()
