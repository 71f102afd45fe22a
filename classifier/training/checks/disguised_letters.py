"""Evasions that change what letters look like, or put something unseen beside them. A reader still reads the word."""

from __future__ import annotations

from random import Random

_HOMOGLYPHS = {
    "a": "аα", "b": "Ь", "c": "сϲ", "d": "ԁ", "e": "е", "h": "һ", "i": "іι", "j": "ј", "k": "кκ", "m": "м", "n": "ո",
    "o": "оο", "p": "рρ", "q": "ԛ", "s": "ѕ", "t": "т", "u": "ս", "v": "ѵν", "w": "ԝ", "x": "хχ", "y": "уγ",
}  # fmt: skip
_LEET = {"a": "4@", "e": "3", "i": "1!", "o": "0", "s": "5$", "t": "7", "b": "8"}
_ALPHABETS = (0x1D400, 0x1D468, 0x1D4D0, 0x1D56C, 0x1D5A0, 0x1D5D4, 0x1D608, 0x1D63C, 0x1D670)
_CIRCLED = {"ⓐ": 0x24D0, "Ⓐ": 0x24B6, "🅐": 0x1F150, "🄰": 0x1F130, "🅰": 0x1F170}
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff"
_BIDI = "\u200e\u200f\u202a\u202c\u2066\u2069"
_MARKS = [chr(point) for point in (*range(0x300, 0x315), *range(0x323, 0x333), 0x336, 0x337, 0x338, 0x489)]


def homoglyphs(word: str, random: Random) -> str:
    """Letters of Cyrillic, Greek and Armenian in place of Latin ones."""
    return _replaced(word, _HOMOGLYPHS, 0.6, random)


def leetspeak(word: str, random: Random) -> str:
    """Digits and signs in place of letters; the first letter mostly stays, as its writers have it."""
    return word[0] + _replaced(word[1:], _LEET, 0.7, random)


def full_width(word: str, random: Random) -> str:
    """The wide forms of East Asian typesetting."""
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() else c for c in word)


def mathematical(word: str, random: Random) -> str:
    """One of the bold, script, black-letter, sans and typewriter alphabets."""
    start = random.choice(_ALPHABETS)
    return "".join(_at(c, start, start + 26) for c in word)


def circled(word: str, random: Random) -> str:
    """Letters in circles and squares."""
    kind = random.choice(list(_CIRCLED))
    start = _CIRCLED[kind]
    return "".join(chr(start + ord(c.lower()) - ord("a")) if c.isascii() else c for c in word)


def stacked_marks(word: str, random: Random) -> str:
    """One to four accents and strokes on every letter ("zalgo")."""
    return "".join(c + "".join(random.choices(_MARKS, k=random.randint(1, 4))) for c in word)


def zero_width(word: str, random: Random) -> str:
    """An invisible character between all letters."""
    return _between(word, _UNSEEN, random)


def soft_hyphens(word: str, random: Random) -> str:
    """A hyphen that is shown only at the end of a line, between all letters."""
    return "\u00ad".join(word)


def writing_direction(word: str, random: Random) -> str:
    """Marks of the writing direction between the letters, or the word turned and shown turned back."""
    if random.random() < 0.5:
        return f"\u202e{word[::-1]}\u202c"
    return _between(word, _BIDI, random)


def mixed_case(word: str, random: Random) -> str:
    """cApItAlS at random."""
    return "".join(c.upper() if random.random() < 0.5 else c.lower() for c in word)


def _replaced(word: str, table: dict[str, str], share: float, random: Random) -> str:
    return "".join(
        random.choice(table[c.lower()]) if c.lower() in table and random.random() < share else c for c in word
    )


def _between(word: str, signs: str, random: Random) -> str:
    return word[0] + "".join(random.choice(signs) + c for c in word[1:])


def _at(char: str, capitals: int, smalls: int) -> str:
    if not char.isascii():
        return char
    return chr(capitals + ord(char) - ord("A")) if char.isupper() else chr(smalls + ord(char) - ord("a"))
