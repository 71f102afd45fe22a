"""Evasions that take a word apart, stretch it, mask it or run it into the next. Not here: single letters' looks."""

from __future__ import annotations

import re
from random import Random

_VOWELS = "aeiouäöüéèáíóú"
_EMOJI = "🔥😂💩👍🌹😡"
_SIGNS = "!?.…"
_INSIDE = (".", "-", "_", "'", "/", "~", "|")
_MARKUP = ("<b></b>", "<i></i>", "<!-- -->", "<span></span>")


def spaced_letters(word: str, random: Random) -> str:
    """A space between all letters."""
    return " ".join(word)


def dotted_letters(word: str, random: Random) -> str:
    """A sign between all letters, the same throughout a word."""
    return random.choice((".", "-", "_", "*")).join(word) if len(word) > 2 else word


def emoji_between_letters(word: str, random: Random) -> str:
    """Emoji between the letters, not always the same one."""
    return word[0] + "".join(random.choice(_EMOJI) + c for c in word[1:]) if len(word) > 2 else word


def stretched_letters(word: str, random: Random) -> str:
    """One letter three to seven times, mostly a vowel."""
    if len(word) < 3:
        return word
    vowels = [i for i, c in enumerate(word) if c.lower() in _VOWELS]
    at = random.choice(vowels) if vowels else random.randrange(1, len(word))
    return word[:at] + word[at] * random.randint(3, 7) + word[at + 1 :]


def swapped_letters(word: str, random: Random) -> str:
    """Two neighbours inside the word change places, as in a slip of the fingers."""
    if len(word) < 4:
        return word
    at = random.randrange(1, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def masked_vowels(word: str, random: Random) -> str:
    """One vowel after the first letter, or all of them, behind asterisks."""
    vowels = [i for i, c in enumerate(word) if i and c.lower() in _VOWELS]
    if len(word) < 4 or not vowels:
        return word
    hidden = {random.choice(vowels)} if random.random() < 0.7 else set(vowels)
    return "".join("*" if i in hidden else c for i, c in enumerate(word))


def sign_inside(word: str, random: Random) -> str:
    """One sign somewhere inside the word."""
    if len(word) < 4:
        return word
    at = random.randrange(1, len(word))
    return word[:at] + random.choice(_INSIDE) + word[at:]


def markup_inside(word: str, random: Random) -> str:
    """An empty element, a comment or a character reference inside the word: invisible once it is shown as HTML."""
    if len(word) < 4:
        return word
    at = random.randrange(1, len(word) - 1)
    if random.random() < 0.5:
        return word[:at] + random.choice(_MARKUP) + word[at:]
    return f"{word[:at]}&#{ord(word[at])};{word[at + 1 :]}"


def repeated_punctuation(word: str, random: Random) -> str:
    """Three to six signs after the word."""
    return word + random.choice(_SIGNS) * random.randint(3, 6)


def joined_words(text: str, random: Random) -> str:
    """No space between two, three or four words at a time; every other time each word has a capital."""
    words = re.split(r" +", text)
    capitals = random.random() < 0.5
    pieces = []
    while words:
        taken = words[: random.randint(2, 4)]
        del words[: len(taken)]
        pieces.append("".join(w[:1].upper() + w[1:] if capitals else w for w in taken))
    return " ".join(pieces)
