"""Evasive spellings: s p a c e d letters, streeetched letters, l33tspeak, odd spacing. Every pattern is linear."""

from __future__ import annotations

import re

from classifier.text.traced import Edit, Traced, edited

# Letters of scripts with upper and lower case only: a lone ideograph or Indic letter between spaces is ordinary.
_CASED = "a-z\u0430-\u045f\u03b1-\u03c9"
_SPACED = re.compile(
    rf"(?<![\w@$])[{_CASED}@$]([ .\-_*|~+]{{1,3}})[{_CASED}0134578@$](?:\1[{_CASED}0134578@$])+(?![\w@$])"
)
_LETTER = re.compile(f"[{_CASED}]")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}|([^\w\s])\2{3,}")
_SPACES = re.compile("  +")
_LEET_WORD = re.compile(r"[a-z0-9@$!\u20ac]+")
_LEET_INSIDE = re.compile(r"[a-z][01345789@$!\u20ac]{1,2}[a-z]|(?<!\S)[@$][a-z]{2}")
_LEET = str.maketrans("0134578@$!\u20ac", "oieastbasie")
_OTHER_DIGIT = re.compile("[269]")
_IN_LINK = re.compile(r"[/:=&?%#@._\-]")
_GOES_ON = re.compile(r"[/:=&%_@]|[.\-]\w")


def join_spaced_letters(traced: Traced) -> Traced:
    """ "i d i o t" and "f.u.c.k" become words: three or more single letters with one and the same separator."""
    edits: list[Edit] = []
    for match in _SPACED.finditer(traced.text):
        letters = match.group().replace(match.group(1), "")
        if 2 * len(_LETTER.findall(letters)) > len(letters):
            edits.append((match.start(), match.end(), letters))
    return _edited_letterwise(traced, edits)


def _edited_letterwise(traced: Traced, edits: list[Edit]) -> Traced:
    """Cut the separators only, so that each letter keeps its own place."""
    cuts: list[Edit] = []
    for begin, end, letters in edits:
        step = (end - begin - len(letters)) // (len(letters) - 1)
        cuts += [(at, at + step, "") for at in range(begin + 1, end, step + 1)]
    return edited(traced, cuts)


def shorten_stretches(traced: Traced) -> Traced:
    """ "soooo" keeps two letters, "!!!!!!" three signs; "www" is left alone."""
    edits: list[Edit] = []
    for match in _STRETCHED.finditer(traced.text):
        if match.group() != "www":
            keep = 2 if match.group(1) else 3
            edits.append((match.start() + keep, match.end(), ""))
    return edited(traced, edits)


def collapse_spaces(traced: Traced) -> Traced:
    """Runs of spaces become one."""
    return edited(traced, [(m.start() + 1, m.end(), "") for m in _SPACES.finditer(traced.text)])


def read_leetspeak(traced: Traced) -> Traced:
    """ "1d10t" is read as letters where digits or signs stand inside a word; "covid19", "4k", links stay."""
    text = traced.text
    if not _LEET_INSIDE.search(text):
        return traced
    edits: list[Edit] = []
    for match in _LEET_WORD.finditer(text):
        word = match.group().rstrip("!")
        if _is_leet(word) and not _inside_link(text, match.start(), match.start() + len(word)):
            edits.append((match.start(), match.start() + len(word), word.translate(_LEET)))
    return edited(traced, edits)


def _is_leet(word: str) -> bool:
    if not _LEET_INSIDE.search(word) or _OTHER_DIGIT.search(word):
        return False
    letters = sum(c.isalpha() for c in word)
    if word[0] == "@":  # "@name" is a handle far more often than "@ss" is an insult
        return word.startswith("@ss")
    return letters >= 2 and letters + 1 >= len(word) - letters


def _inside_link(text: str, begin: int, end: int) -> bool:
    return bool(_IN_LINK.match(text, begin - 1) if begin else None) or bool(_GOES_ON.match(text, end))
