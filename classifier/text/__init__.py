"""One normaliser for the model and for rules: text in, folded text with a trace back to the original characters out.

Here: the order of the passes and the cut of overlong texts. Each pass lives in a module of its own. Not here: features,
languages, or anything that knows of a model.
"""

from __future__ import annotations

from classifier.text.capitals import part_capitals
from classifier.text.disguises import close_broken_words, read_masked, read_words
from classifier.text.folding import fold
from classifier.text.leetspeak import read_leetspeak
from classifier.text.lookalikes import unmix
from classifier.text.markup import drop_elements, read_references, turn_back
from classifier.text.mojibake import repair
from classifier.text.spelling import collapse_spaces, join_spaced_letters
from classifier.text.stretches import shorten_stretches
from classifier.text.traced import Traced, untouched

__all__ = ["LONGEST", "Traced", "cut", "normalise"]

LONGEST = 6000  # characters that are read; bounds the work for one submission whatever its sender typed
_HEAD = 4000
_ROUNDS = 8  # passes can feed one another ("a 1 a a a"); they converge in two or three rounds

_SPELLING = (
    read_references,
    drop_elements,
    join_spaced_letters,
    shorten_stretches,
    read_leetspeak,
    read_masked,
    close_broken_words,
    read_words,
    collapse_spaces,
)


def normalise(text: str) -> Traced:
    """Fold `text` for matching. Work grows linearly with the text; the result is a fixed point (idempotent).

    Accents of Latin and Greek letters, case, compatibility forms, invisible characters, letters of another script
    that only look like the word's own, spaced-out and stretched letters and leetspeak are folded. Joiners inside
    scripts that need them (Arabic, the Indic scripts, emoji) and the marks of those scripts stay.
    """
    traced = untouched(text)
    if not text.isascii():
        traced = turn_back(repair(traced))
    traced = fold(part_capitals(traced))
    for _ in range(_ROUNDS):
        before = traced.text
        if not before.isascii():
            traced = unmix(traced)
        for spell in _SPELLING:
            traced = spell(traced)
        if traced.text == before:
            break
    return traced


def cut(text: str) -> tuple[str, int, int]:
    """Shorten an overlong text to its head and its tail: (what is read, length of the head, characters left out).

    Both ends are kept because spam hides its link behind filler and abuse ends in an outburst.
    """
    if len(text) <= LONGEST:
        return text, len(text), 0
    tail = LONGEST - _HEAD - 1
    return text[:_HEAD] + "\n" + text[-tail:], _HEAD, len(text) - LONGEST
