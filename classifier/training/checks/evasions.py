"""How much of what a model detects it still detects when the author hides it. Twenty kinds of evasion.

Here: the names, what an evasion leaves alone, the figure. Not here: how a word is disguised (`disguised_letters`,
`disguised_spelling`), how a disguise is undone (`classifier.text`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

import numpy as np

from classifier.training.checks import disguised_letters as letters
from classifier.training.checks import disguised_spelling as spelling
from classifier.training.checks.frozen_abuse import ABUSE
from classifier.training.checks.frozen_spam import FILLINGS, spam
from classifier.training.checks.measure import THRESHOLD, Scores, Scoring, asked, rounded

Evasion = Callable[[str, Random], str]

_SEED = 7
# What has to work when it is copied or clicked stays as it is: addresses, telephone numbers, amounts.
_PIECE = re.compile(r"\S*(?:://|@|\w\.\w)\S*|[^\W\d_]+")


def _in_each_word(disguise: Evasion) -> Evasion:
    def evasion(text: str, random: Random) -> str:
        def one(match: re.Match[str]) -> str:
            return disguise(match.group(), random) if match.group().isalpha() else match.group()

        return _PIECE.sub(one, text)

    return evasion


def _spaced(text: str, random: Random) -> str:
    return _in_each_word(spelling.spaced_letters)(text.replace(" ", "  "), random)


EVASIONS: dict[str, Evasion] = {
    "homoglyphs": _in_each_word(letters.homoglyphs),
    "leetspeak": _in_each_word(letters.leetspeak),
    "full width": _in_each_word(letters.full_width),
    "mathematical letters": _in_each_word(letters.mathematical),
    "circled letters": _in_each_word(letters.circled),
    "stacked marks": _in_each_word(letters.stacked_marks),
    "zero-width characters": _in_each_word(letters.zero_width),
    "soft hyphens": _in_each_word(letters.soft_hyphens),
    "writing direction": _in_each_word(letters.writing_direction),
    "mixed case": _in_each_word(letters.mixed_case),
    "spaced letters": _spaced,
    "dotted letters": _in_each_word(spelling.dotted_letters),
    "emoji between letters": _in_each_word(spelling.emoji_between_letters),
    "stretched letters": _in_each_word(spelling.stretched_letters),
    "swapped letters": _in_each_word(spelling.swapped_letters),
    "masked vowels": _in_each_word(spelling.masked_vowels),
    "sign inside a word": _in_each_word(spelling.sign_inside),
    "markup inside a word": _in_each_word(spelling.markup_inside),
    "repeated punctuation": _in_each_word(spelling.repeated_punctuation),
    "joined words": spelling.joined_words,
}


def evasion_figures(score: Scoring) -> dict[str, float]:
    """The mean share of detections that is kept over all evasions of this project's clear spam and abuse, by label."""
    return {label: rounded(np.mean(list(shares.values()))) for label, shares in kept_by_evasion(score).items()}


def kept_by_evasion(score: Scoring) -> dict[str, dict[str, float]]:
    """{"toxic" and "spam": {evasion: share kept}} on part of the frozen texts: a hundred, each in twenty disguises."""
    texts = {"toxic": ABUSE[::2], "spam": spam()[::FILLINGS]}
    return {label: kept_shares(score, chosen, label) for label, chosen in texts.items()}


def kept_shares(score: Scoring, texts: Sequence[str], label: str, threshold: float = THRESHOLD) -> dict[str, float]:
    """By evasion: detected after it / detected before it, over the texts that are detected as they stand.

    Raises ValueError where none is detected, since there is nothing to keep.
    """
    detected = [text for text, s in zip(texts, asked(score, texts, label), strict=True) if s >= threshold]
    if not detected:
        raise ValueError(f"none of {len(texts)} texts reaches {threshold} for {label}: nothing can be kept")
    random = Random(_SEED)
    evaded = [evasion(text, random) for evasion in EVASIONS.values() for text in detected]
    scores: Scores = asked(score, evaded, label).reshape(len(EVASIONS), len(detected))
    return dict(zip(EVASIONS, (rounded(share) for share in (scores >= threshold).mean(axis=1)), strict=True))
