"""Evasive spellings: s p a c e d letters, streeetched letters, l33tspeak, odd spacing. Every pattern is linear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from classifier.text.folding import code_points
from classifier.text.known_words import COMMON, KNOWN, LOADED
from classifier.text.links import inside_link
from classifier.text.traced import Edit, Traced, edited

# Letters of scripts with upper and lower case only: a lone ideograph or Indic letter between spaces is ordinary.
_CASED = "a-z\u0430-\u045f\u03b1-\u03c9"
_ONE, _NEXT = f"[{_CASED}@$]", f"[{_CASED}0134578@$]"
_LONE = rf"(?<![\w@$]){_ONE}"
_SPELT = re.compile(rf"{_LONE}(?:[^\w@$]|_){{1,4}}{_NEXT}(?:[^\w@$]|_)")
_SPACED = re.compile(rf"{_LONE}(?: {_NEXT}){{2,}}(?![\w@$])")
_PAIR = re.compile(rf"(?:(?<=  )|(?<!.)){_ONE} {_NEXT}(?=  |[.,!?]|$)")
_SIGNED = re.compile(rf"{_LONE}(?:(?:[^\w\s@$]|_){{1,4}}{_NEXT}){{2,}}(?![\w@$])")
_SEPARATED = re.compile(rf"{_LONE}([ .\-_*|~+]{{2,3}}){_NEXT}(?:\1{_NEXT})+(?![\w@$])")
_LETTER = re.compile(f"[{_CASED}]")
_CHARACTER = re.compile(_NEXT)

_WORD_OR_SIGNS = re.compile(r"[^\W\d_]+|([^\w\s])\1{3,}")
_RUN = re.compile(r"(.)\1*")
_VOWEL = re.compile(
    "[aeiouy\u0430\u0435\u0438\u043e\u0443\u044b\u044d\u044e\u044f\u03b1\u03b5\u03b7\u03b9\u03bf\u03c5\u03c9]"
)
_AS_IT_IS = re.compile("www.*|(?!.*(.)\\1{3})[ivxlcdm]+")  # the beginning of an address, a Roman number, "xxx"
_SPACES = re.compile("  +")

_LEET_SIGN = re.compile("[01345789@$!\u20ac]")
_LEET_WORD = re.compile(r"[a-z0-9@$!\u20ac]+")
_LEET_INSIDE = re.compile(r"[a-z][01345789@$!\u20ac]{1,2}[a-z]|(?<!\S)[@$][a-z]{2}")
_LEET = str.maketrans("0134578@$!\u20ac", "oieastbasie")
_LEET_ONE_IS_L = str.maketrans("0134578@$!\u20ac", "oleastbasie")
_OTHER_DIGIT = re.compile("[269]")


def join_spaced_letters(traced: Traced) -> Traced:
    """ "i d i o t", "f.u.c.k" and "m💩o🔥r💩o💩n" become words: single letters with the like between them."""
    if not _SPELT.search(traced.text):
        return traced
    edits = [*_letterwise(traced.text, _SPACED)]
    if edits:  # in a text spelt so, two letters between wide gaps are a word as well
        edits = sorted([*edits, *_letterwise(traced.text, _PAIR)])
    joined = edited(traced, edits)
    for pattern in (_SIGNED, _SEPARATED):
        joined = edited(joined, [*_letterwise(joined.text, pattern)])
    return joined


def _letterwise(text: str, pattern: re.Pattern[str]) -> Iterator[Edit]:
    """Cut what lies between the letters only, so that each letter keeps its own place."""
    for match in pattern.finditer(text):
        letters = [at for at in range(match.start(), match.end()) if _CHARACTER.match(text, at)]
        if 2 * len(_LETTER.findall(match.group())) > len(letters):
            yield from ((before + 1, after, "") for before, after in pairwise(letters) if after > before + 1)


def shorten_stretches(traced: Traced) -> Traced:
    """ "idiooooot" is read as the known word it stretches; of other stretches a vowel keeps one letter, the rest two.

    German compounds have honest triple consonants. "!!!!!!" keeps three signs; a word of one letter ("aaaa") keeps two.
    """
    if not _has_run(traced.text):
        return traced
    edits: list[Edit] = []
    for match in _WORD_OR_SIGNS.finditer(traced.text):
        if match.group(1):
            edits.append((match.start() + 3, match.end(), ""))
        else:
            edits += _relaxed(match.group(), match.start())
    return edited(traced, edits)


def _has_run(text: str) -> bool:
    """Whether a character stands three times in a row."""
    points = code_points(text)
    same = points[1:] == points[:-1]
    return bool((same[1:] & same[:-1]).any())


def _relaxed(word: str, begin: int) -> list[Edit]:
    runs = [match.span() for match in _RUN.finditer(word)]
    if _AS_IT_IS.fullmatch(word) or all(last - first < 3 for first, last in runs):
        return []
    known = _known_by_runs().get("".join(word[first] for first, _ in runs))
    wanted = [last - first for first, last in map(re.Match.span, _RUN.finditer(known))] if known else []
    edits: list[Edit] = []
    for number, (first, last) in enumerate(runs):
        keep = wanted[number] if known else _kept(word[first], last - first, len(runs))
        if keep != last - first:
            edits.append((begin + first, begin + last, word[first] * keep))
    return edits


def _kept(letter: str, length: int, runs: int) -> int:
    if length < 3:
        return length
    return 1 if runs > 1 and _VOWEL.match(letter) else 2


@lru_cache(maxsize=1)
def _known_by_runs() -> dict[str, str]:
    """{known word with each doubled letter once: the word}; those before win, since they come first in their list."""
    found: dict[str, str] = {}
    for word in (*LOADED, *COMMON):
        found.setdefault(_RUN.sub(r"\1", word), word)
    return found


def collapse_spaces(traced: Traced) -> Traced:
    """Runs of spaces become one."""
    return edited(traced, [(m.start() + 1, m.end(), "") for m in _SPACES.finditer(traced.text)])


def read_leetspeak(traced: Traced) -> Traced:
    """ "1d10t" is read as letters where digits or signs stand inside a word; "covid19", "4k", links stay."""
    text = traced.text
    if not _LEET_SIGN.search(text):
        return traced
    edits: list[Edit] = []
    for match in _LEET_WORD.finditer(text):
        word = match.group().rstrip("!")
        meant = _meant(word) if _LEET_SIGN.search(word) else word
        if meant != word and not inside_link(text, match.start(), match.start() + len(word)):
            edits.append((match.start(), match.start() + len(word), meant))
    return edited(traced, edits)


def _meant(word: str) -> str:
    letters = sum(map(str.isalpha, word))
    if word[0] == "@":  # "@name" is a handle far more often than "@ss" is an insult
        return word.translate(_LEET) if word.startswith("@ss") else word
    if letters < 2 or 2 * letters + 1 < len(word):
        return word
    for table in (_LEET, _LEET_ONE_IS_L):
        if word.translate(table) in KNOWN:
            return word.translate(table)
    sure = _LEET_INSIDE.search(word) and not _OTHER_DIGIT.search(word)
    return word.translate(_LEET) if sure else word
