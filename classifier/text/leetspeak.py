"""Digits and signs that stand for letters: "1d10t", "v1@gra". Not here: look-alike letters of other scripts."""

from __future__ import annotations

import re

from classifier.text.known_words import KNOWN
from classifier.text.links import inside_link
from classifier.text.traced import Edit, Traced, edited

_SIGN = re.compile("[01345789@$!\u20ac]")
# Words with a sign in them; the look behind keeps a word from being tried at each of its letters.
_WORD = re.compile("(?<![a-z0-9@$!\u20ac])[a-z26]*[01345789@$!\u20ac][a-z0-9@$!\u20ac]*")
_INSIDE = re.compile(r"[a-z][01345789@$!\u20ac]{1,2}[a-z]|(?<!\S)[@$][a-z]{2}")
_LETTERS = str.maketrans("0134578@$!\u20ac", "oieastbasie")
_ONE_IS_L = str.maketrans("0134578@$!\u20ac", "oleastbasie")
_OTHER_DIGIT = re.compile("[269]")
_DOUBTFUL = re.compile(r"[a-z][a-z0-9@$]*[a-z0-9]")  # not "4th", "30k", "r$"
_MANY = 3  # words that are leetspeak beyond doubt; the doubtful ones beside them are read so as well


def read_leetspeak(traced: Traced) -> Traced:
    """ "1d10t" is read as letters where digits or signs stand inside a word; "covid19", "4k", links stay."""
    text = traced.text
    if not _SIGN.search(text):
        return traced
    sure: list[Edit] = []
    doubtful: list[Edit] = []
    for match in _WORD.finditer(text):
        word, begin = match.group().rstrip("!"), match.start()
        if _SIGN.search(word) and not inside_link(text, begin, begin + len(word)):
            meant = _meant(word)
            if meant is None:
                doubtful.append((begin, begin + len(word), word.translate(_LETTERS)))
            elif meant != word:
                sure.append((begin, begin + len(word), meant))
    return edited(traced, sorted([*sure, *doubtful]) if len(sure) >= max(_MANY, len(doubtful)) else sure)


def _meant(word: str) -> str | None:
    """The word in letters, the word itself where it is no leetspeak, None where it might be."""
    letters = sum(map(str.isalpha, word))
    if word[0] == "@":  # "@name" is a handle far more often than "@ss" is an insult
        return word.translate(_LETTERS) if word.startswith("@ss") else word
    if not letters or 2 * letters + 1 < len(word) or _OTHER_DIGIT.search(word):
        return word
    for table in (_LETTERS, _ONE_IS_L):
        if letters > 1 and word.translate(table) in KNOWN:
            return word.translate(table)
    if letters > 1 and _INSIDE.search(word):
        return word.translate(_LETTERS)
    return None if _DOUBTFUL.fullmatch(word) else word
