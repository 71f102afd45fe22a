"""Disguises that only a known word gives away: "id**t", "idoit", "id.iot", "youstupididiot". Every step is linear.

Here: finding the disguised word and putting the plain one in its place. Not here: the words (`known_words`), disguises
that are undone letter by letter (`folding`, `lookalikes`, `spelling`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from classifier.text.frequent_words import FREQUENT
from classifier.text.known_words import IN_ORDER, KNOWN, LOADED, OTHER_WORDS
from classifier.text.links import inside_link
from classifier.text.traced import Edit, Traced, edited

_WORD = re.compile(r"[^\W\d_]+")
_PLAIN_WORD = re.compile("[a-z]+")  # the same for texts in ASCII, at half the cost
_MASKED = re.compile(r"(?<![*\w])[^\W\d_]+(?:[*#]+[^\W\d_]+)+|(?<![*\w])[^\W\d_]{2,3}\*{2,}(?!\w)")
_MASK = re.compile("[*#]")
_SIGN = r"(?:[^\w\s@$]|_){1,3}"
_SIGN_BEFORE_LETTER = re.compile(r"[^\w\s@$][^\W\d_]|_")
# The same for texts in ASCII, and not for "don't" and "it's", which are in every other comment.
_PLAIN_SIGN_BETWEEN_LETTERS = re.compile(
    r"[a-z](?:[!-#%&(-/:-?\[-`{-~]|'(?!(?:s|t|d|m|ll|re|ve)(?![a-z])))[!-#%-/:-?\[-`{-~]{0,2}[a-z]"
)
# Tried at the beginning of a word only: no later letter of it can do better.
_PIECES = re.compile(rf"(?<![^\W\d_])[^\W\d_]+(?:{_SIGN}[^\W\d_]+)+")
_CONTRACTED = re.compile(r"'(?:s|t|d|m|ll|re|ve)$|^.{1,2}'")
_VOWELS = frozenset("aeiouyаеиоуыэюя")

_TELLING = frozenset(word for word in LOADED if len(word) >= 4)
_FREQUENT = frozenset(FREQUENT)
_SHORT_PARTS = ("my", "me", "he", "we", "is", "it", "to", "on", "at", "an", "am", "be", "do", "go", "so")
_PARTS = frozenset(word for word in KNOWN if len(word) > 2 or word in _SHORT_PARTS)
_SHORTEST_JOINED, _LONGEST_JOINED = 7, 60  # letters; outside, words run together are a word of some language
_LONGEST_PART = max(map(len, KNOWN))


def read_words(traced: Traced) -> Traced:
    """Known words with neighbours swapped or vowels left out ("idoit", "stpid"), and words run together.

    Words are parted only where all of them are known and one is loaded: "youstupididiot", but not "together".
    """
    words = (_PLAIN_WORD if traced.text.isascii() else _WORD).findall(traced.text)
    readings = _misspellings()
    if readings.keys().isdisjoint(words) and not any(map(_cuts, [w for w in words if len(w) >= _SHORTEST_JOINED])):
        return traced
    edits: list[Edit] = []
    for match in _WORD.finditer(traced.text):
        word, at = match.group(), match.start()
        if inside_link(traced.text, at, match.end()):
            continue
        if word in readings:
            edits.append((at, match.end(), readings[word]))
        elif len(word) >= _SHORTEST_JOINED:
            edits += [(at + cut - 1, at + cut, f"{word[cut - 1]} ") for cut in _cuts(word)]
    return edited(traced, edits)


def read_masked(traced: Traced) -> Traced:
    """ "id**t" and "f#ck" become the known word that fits; the letters that show decide."""
    if not _MASK.search(traced.text):
        return traced
    edits: list[Edit] = []
    for match in _MASKED.finditer(traced.text):
        word = _behind(match.group())
        if word:
            edits.append((match.start(), match.end(), word))
    return edited(traced, edits)


def close_broken_words(traced: Traced) -> Traced:
    """ "id.iot", "st/upid", "mo💩ron": signs go where the pieces make a known word; "we'll" stays.

    Where a third of the words are broken, all of them are closed: no ordinary text has so many compounds.
    """
    text = traced.text
    if not (_PLAIN_SIGN_BETWEEN_LETTERS if text.isascii() else _SIGN_BEFORE_LETTER).search(text):
        return traced
    edits: list[Edit] = []
    known: list[Edit] = []
    for match in _PIECES.finditer(text):
        if not _CONTRACTED.search(match.group()) and not inside_link(text, *match.span()):
            joined = "".join(_WORD.findall(match.group()))
            edits.append((match.start(), match.end(), joined))
            known += edits[-1:] if len(joined) >= 4 and joined in KNOWN else []
    return edited(traced, edits if known and len(edits) >= 3 and 3 * len(edits) > text.count(" ") else known)


def _behind(masked: str) -> str | None:
    """The first known word of the same length that agrees with every letter shown."""
    if len(masked) - len(_MASK.findall(masked)) < 2:
        return None
    shown = [(at, char) for at, char in enumerate(masked) if char not in "*#"]
    fitting = _by_beginning().get((masked[0], len(masked)), ())
    return next((word for word in fitting if all(word[at] == char for at, char in shown)), None)


@lru_cache(maxsize=1)
def _by_beginning() -> dict[tuple[str, int], list[str]]:
    found: dict[tuple[str, int], list[str]] = {}
    for word in IN_ORDER:
        if len(word) >= 3:
            found.setdefault((word[0], len(word)), []).append(word)
    return found


@lru_cache(maxsize=1)
def _misspellings() -> dict[str, str]:
    readings: dict[str, str] = {}
    for word in IN_ORDER:
        for slip in (*_swapped(word), *_without_vowels(word)):
            if slip not in KNOWN and slip not in OTHER_WORDS:
                readings.setdefault(slip, word)
    return readings


def _swapped(word: str) -> list[str]:
    """Neighbours after the first letter change places; in four letters that too often gives a word of some language."""
    if len(word) < 4 or (len(word) == 4 and word in _FREQUENT):
        return []
    return [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(1, len(word) - 1)]


def _without_vowels(word: str) -> list[str]:
    if len(word) < 5 or word not in _TELLING:
        return []
    inner = [at for at in range(1, len(word) - 1) if word[at] in _VOWELS]
    bare = word[0] + "".join(char for at, char in enumerate(word[1:-1], 1) if at not in inner) + word[-1]
    return [*(word[:at] + word[at + 1 :] for at in inner), *([bare] if len(bare) >= 4 else [])]


@lru_cache(maxsize=4096)  # most words of a language come again and again
def _cuts(word: str) -> tuple[int, ...]:
    """Where to part a word that consists of known words, one of them loaded; nothing where it does not."""
    if word in KNOWN or word in OTHER_WORDS or len(word) > _LONGEST_JOINED:
        return ()
    parts = _parts(word)
    if not any(word[begin:end] in _TELLING for begin, end in parts):
        return ()
    return tuple(begin for begin, _ in parts[1:])


def _parts(word: str) -> list[tuple[int, int]]:
    """The known words that a word consists of, in order; nothing where a letter is left over."""
    begins = _begins_by_end(word)
    parts: list[tuple[int, int]] = []
    end = len(word)
    while end and end in begins:
        parts.append((begins[end], end))
        end = begins[end]
    return [] if end else parts[::-1]


def _begins_by_end(word: str) -> dict[int, int]:
    """{end: begin} of the longest known word that ends there, of those that known words lead up to."""
    begins: dict[int, int] = {}
    for begin in range(len(word) - 1):
        if begin and begin not in begins:
            continue
        for end in range(begin + 2, min(begin + _LONGEST_PART, len(word)) + 1):
            if end not in begins and word[begin:end] in _PARTS:
                begins[end] = begin
    return begins
