"""Letters of one script dressed as another's: "pаypal" with a Cyrillic а. Not here: single-character folding."""

from __future__ import annotations

import re

from classifier.text.traced import Edit, Traced, edited

_TO_LATIN = {
    # Cyrillic
    "а": "a", "в": "b", "с": "c", "е": "e", "ё": "e", "һ": "h", "і": "i", "ї": "i", "ј": "j", "к": "k", "ӏ": "l",
    "м": "m", "н": "h", "о": "o", "р": "p", "ԛ": "q", "ѕ": "s", "т": "t", "у": "y", "ѵ": "v", "ԝ": "w", "х": "x",
    "ԁ": "d", "г": "r", "п": "n", "и": "u", "ь": "b", "з": "3", "ғ": "f", "ү": "y", "ҟ": "k", "ѡ": "w",
    # Greek
    "α": "a", "β": "b", "ε": "e", "η": "n", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p", "τ": "t", "υ": "u",
    "χ": "x", "γ": "y", "ω": "w", "μ": "u", "ϲ": "c", "σ": "o", "ζ": "z",
    # Armenian and Cherokee
    "օ": "o", "ս": "u", "հ": "h", "ո": "n", "ց": "g", "զ": "q", "ա": "w", "ք": "p",
    "Ꭺ": "a", "Ᏼ": "b", "Ꮯ": "c", "Ꭰ": "d", "Ꭼ": "e", "Ꮐ": "g", "Ꮋ": "h", "Ꭵ": "i", "Ꭻ": "j", "Ꮶ": "k",
    "Ꮮ": "l", "Ꮇ": "m", "Ꭲ": "t", "Ꮲ": "p", "Ꮢ": "r", "Ꮪ": "s", "Ꮩ": "v", "Ꮃ": "w", "Ꮓ": "z",
}  # fmt: skip
_TO_CYRILLIC = dict(zip("abcehikmoptyxs", "авсенікмортухѕ", strict=True))
_TO_CYRILLIC |= {"b": "в", "h": "н", "i": "і", "e": "е", "3": "з", "0": "о", "u": "и"}

_LATIN = re.compile("[a-z]")
# Letters that no Latin one looks like: their presence says that the script is meant.
_UNMISTAKABLE = re.compile(
    "[\u0431\u0434\u0436\u0439\u043b\u0444\u0446\u0447\u0448\u0449\u044a\u044b\u044d\u044e\u044f\u03b4\u03b8\u03bb\u03be\u03c0\u03c6\u03c8]"
)
_MIXED = re.compile("[a-z][\u0370-\u058f]|[\u0370-\u058f][a-z]")
_FOREIGN = re.compile("[\u0370-\u058f\u13a0-\u13ff]")
_WORD = re.compile(r"[^\W_]+")


def unmix(traced: Traced) -> Traced:
    """Give each word the letters of one script, where another's only imitate them. Pure words of a script stay.

    A word made of nothing but look-alikes is read as Latin when the text around it is mostly Latin, or mixes scripts
    inside words without one letter that is unmistakably of the other script.
    """
    text = traced.text
    if not _FOREIGN.search(text) or not _LATIN.search(text):
        return traced
    dressed = bool(_MIXED.search(text)) and not _UNMISTAKABLE.search(text)
    latin_text = dressed or 2 * len(_LATIN.findall(text)) > len(text.replace(" ", ""))
    edits: list[Edit] = []
    for match in _WORD.finditer(text):
        word = match.group()
        new = word if word.isascii() else _one_script(word, latin_text, dressed)
        if new != word:
            edits.append((match.start(), match.end(), new))
    return edited(traced, edits)


def _one_script(word: str, latin_text: bool, dressed: bool) -> str:
    foreign = [c for c in word if _FOREIGN.match(c)]
    latin = [c for c in word if "a" <= c <= "z"]
    if not foreign or not (latin or latin_text):
        return word
    if (
        not dressed
        and len(latin) < len(foreign)
        and latin
        and all(c in _TO_CYRILLIC for c in latin)
        and _cyrillic(foreign)
    ):
        return "".join(_TO_CYRILLIC[c] if c in latin else c for c in word)
    if all(c in _TO_LATIN for c in foreign):
        return "".join(_TO_LATIN.get(c, c) for c in word)
    return word


def _cyrillic(letters: list[str]) -> bool:
    return all("\u0400" <= c <= "\u052f" for c in letters)
