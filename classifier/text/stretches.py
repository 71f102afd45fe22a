"""Letters and signs that are repeated: "idiooooot", "!!!!!!!". Not here: words that the repetition does not spell."""

from __future__ import annotations

import re
from functools import lru_cache

from classifier.text.folding import code_points
from classifier.text.known_words import IN_ORDER
from classifier.text.traced import Edit, Traced, edited

_WORD_OR_SIGNS = re.compile(r"[^\W\d_]+|([^\w\s])\1{3,}")
_AFTER_WORD = re.compile(r"(?<=\w)([!?.,;:*~])\1{2,}(?= )")
_RUN = re.compile(r"(.)\1*")
_VOWEL = re.compile(
    "[aeiouy\u0430\u0435\u0438\u043e\u0443\u044b\u044d\u044e\u044f\u03b1\u03b5\u03b7\u03b9\u03bf\u03c5\u03c9]"
)
_AS_IT_IS = re.compile("www.*|(?!.*(.)\\1{3})[ivxlcdm]+")  # the beginning of an address, a Roman number, "xxx"


def shorten_stretches(traced: Traced) -> Traced:
    """ "idiooooot" is read as the known word it stretches; of other stretches a vowel keeps one letter, the rest two.

    German compounds have honest triple consonants. "!!!!!!" keeps three signs; a word of one letter ("aaaa") keeps two.
    """
    if not _has_run(traced.text):
        return traced
    traced = _calmed(traced)
    edits: list[Edit] = []
    for match in _WORD_OR_SIGNS.finditer(traced.text):
        if match.group(1):
            edits.append((match.start() + 3, match.end(), ""))
        else:
            edits += _relaxed(match.group(), match.start())
    return edited(traced, edits)


def _calmed(traced: Traced) -> Traced:
    """ "You!!! are??? an... idiot!!!": where a third of the words carry such signs they part nothing, and go."""
    found = [match.span() for match in _AFTER_WORD.finditer(traced.text)]
    if len(found) < 3 or 3 * len(found) < traced.text.count(" ") + 1:
        return traced
    return edited(traced, [(begin, end, "") for begin, end in found])


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
    for word in IN_ORDER:
        found.setdefault(_RUN.sub(r"\1", word), word)
    return found
