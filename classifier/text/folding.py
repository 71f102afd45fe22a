"""Character by character: case, compatibility forms, accents, invisible characters.

Here: one table over all code points, made from the standard library's Unicode data on first use (about 0.1 s), and the
rule that keeps joiners where a script needs them. Not here: anything that looks at whole words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from classifier.text.traced import Edit, Traced, edited

_TABLE = 0x20000  # planes 0 and 1 are folded one by one; later planes hold ideographs, tags and private use
_GONE = 0xFFFFFFFF
_LONGER = 0xFFFFFFFE  # one character becomes several: see `_longer`

_LATIN_MARKS = ((0x300, 0x36F), (0x488, 0x489), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F))
_INVISIBLE = (
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0), (0xFFF9, 0xFFFB), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A),
)  # fmt: skip
# Scripts that spell with zero-width (non-)joiners, and emoji, whose families and flags are joined by them.
_JOINING = (
    (0x600, 0x8FF), (0x900, 0xDFF), (0xF00, 0x109F), (0x1780, 0x18AF), (0xA840, 0xA9FF), (0xAA00, 0xABFF),
    (0x10A00, 0x11FFF), (0x1E900, 0x1E95F), (0x2190, 0x2BFF), (0x1F000, 0x1FAFF), (0xFE0F, 0xFE0F),
)  # fmt: skip
_LETTER_PICTURES = ((0x2460, 0x24FF), (0x1F100, 0x1F1E5))  # circled and squared letters fold to letters
_OWN = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ŋ": "n", "ŧ": "t",
    "ɑ": "a", "ɡ": "g", "ɩ": "i", "ʏ": "y", "ɪ": "i", "ɴ": "n", "ʀ": "r", "ʙ": "b", "ʜ": "h", "ʟ": "l", "ɢ": "g",
    "ᴀ": "a", "ᴄ": "c", "ᴅ": "d", "ᴇ": "e", "ᴊ": "j", "ᴋ": "k", "ᴍ": "m", "ᴏ": "o", "ᴘ": "p", "ᴛ": "t", "ᴜ": "u",
    "ᴠ": "v", "ᴡ": "w", "ᴢ": "z", "ꜰ": "f", "ꜱ": "s", "ꞯ": "q",
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "·": ".", "•": ".", "∙": ".",
}  # fmt: skip

# Sequences that compose: marks after a base, conjoining Hangul, kana with voicing marks, two-part Indic vowels.
_CLUSTER = re.compile(
    "[^\u0300-\u036f][\u0300-\u036f]+|[\u3046-\u30fd][\u3099\u309a]"
    "|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?|[\uac00-\ud7a3][\u11a8-\u11c2]"
    "|[\u0622-\u06d5][\u0653-\u0655]|[\u0900-\u0dff][\u093c\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0c56\u0cc2"
    "\u0cd5\u0cd6\u0d3e\u0d57\u0dca\u0dcf\u0ddf]+"
)


def fold(traced: Traced) -> Traced:
    """Fold every character by itself; what is invisible goes, except where a script needs it."""
    if traced.text.isascii():
        return _fold_table(traced) if _ODD_ASCII.search(traced.text) else _lowered(traced)
    if not unicodedata.is_normalized("NFC", traced.text):
        traced = _composed(traced)
    return _fold_table(traced)


_ODD_ASCII = re.compile("[\x00-\x1f\x7f`]")


def _lowered(traced: Traced) -> Traced:
    return Traced(traced.text.lower(), traced.begins, traced.ends)


def _composed(traced: Traced) -> Traced:
    edits: list[Edit] = []
    for match in _CLUSTER.finditer(traced.text):
        composed = unicodedata.normalize("NFC", match.group())
        if composed != match.group():
            edits.append((match.start(), match.end(), composed))
    return edited(traced, edits)


def code_points(text: str) -> NDArray[np.uint32]:
    """The text as numbers; lone surrogates, which JSON can carry, are let through."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _fold_table(traced: Traced) -> Traced:
    points = code_points(traced.text)
    folded = _table()[np.minimum(points, _TABLE - 1)]
    beyond = points >= _TABLE
    if beyond.any():
        folded = np.where(beyond, _beyond(points), folded)
    joiners = (points == 0x200C) | (points == 0x200D)
    if joiners.any():
        folded = np.where(joiners & _needed(points), points, folded)
    if (folded == _LONGER).any():
        return _lengthened(traced, points, folded)
    keep = folded != _GONE
    if not keep.all():
        return Traced(_text(folded[keep]), traced.begins[keep], traced.ends[keep])
    return Traced(_text(folded), traced.begins, traced.ends)


def _lengthened(traced: Traced, points: NDArray[np.uint32], folded: NDArray[np.uint32]) -> Traced:
    pieces = [
        "" if new == _GONE else _longer(chr(old)) if new == _LONGER else chr(new)
        for old, new in zip(points.tolist(), folded.tolist(), strict=True)
    ]
    counts = [len(piece) for piece in pieces]
    return Traced("".join(pieces), np.repeat(traced.begins, counts), np.repeat(traced.ends, counts))


def _text(points: NDArray[np.uint32]) -> str:
    return points.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def _beyond(points: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Plane 2 and later: compatibility ideographs keep their form, tags and variation selectors are invisible."""
    return np.where((points >= 0xE0000) & (points <= 0xE0FFF), np.uint32(_GONE), points)


def _needed(points: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Where a joiner would stand between characters of a joining script (or emoji): it spells something there."""
    joining = _joining()[np.minimum(points, _TABLE - 1)]
    before = np.concatenate(([False], joining[:-1]))
    after = np.concatenate((joining[1:], [False]))
    needed: NDArray[np.bool_] = before & (after | _ends_word(points))
    return needed


def _ends_word(points: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """A joiner at the end of a word changes the last letter's shape in Arabic and the Indic scripts."""
    following = np.concatenate((points[1:], np.array([0x20], dtype=points.dtype)))
    return np.asarray(following == 0x20, dtype=np.bool_)


@lru_cache(maxsize=1)
def _joining() -> NDArray[np.bool_]:
    joining = np.zeros(_TABLE, dtype=bool)
    for first, last in _JOINING:
        joining[first : last + 1] = True
    for first, last in _LETTER_PICTURES:
        joining[first : last + 1] = False
    return joining


@lru_cache(maxsize=1)
def _table() -> NDArray[np.uint32]:
    table = np.arange(_TABLE, dtype=np.uint32)
    for point in _candidates():
        new = _one(chr(point))
        table[point] = _GONE if not new else ord(new) if len(new) == 1 else _LONGER
    return table


def _candidates() -> set[int]:
    """Code points that may fold to something else; the others, most of them, cost one look each."""
    normalize = unicodedata.normalize
    found = {p for p in range(_TABLE) if not _folds_to_itself(p) and normalize("NFKD", chr(p)).casefold() != chr(p)}
    found.update(ord(char) for char in _OWN)
    found.update(p for p in range(0x3001) if chr(p).isspace() or p < 0x20 or 0x7F <= p < 0xA0)
    for first, last in (*_INVISIBLE, *_LATIN_MARKS, (0x1F150, 0x1F169), (0x1F170, 0x1F189)):
        found.update(range(first, min(last + 1, _TABLE)))
    return found


def _folds_to_itself(point: int) -> bool:
    """Ideographs, Hangul syllables and surrogates, a third of the table; and lone Hangul letters, which would join."""
    return 0x4E00 <= point < 0xA000 or 0xAC00 <= point < 0xE000 or 0x3131 <= point < 0x318F


def _longer(char: str) -> str:
    return _one(char)


def _one(char: str) -> str:
    """What one character folds to, folded again until nothing changes."""
    if _within(ord(char), _INVISIBLE) or _within(ord(char), _LATIN_MARKS):
        return ""
    if _folds_to_itself(ord(char)):
        return char
    new = _step(char)
    return new if new == char else "".join(_one(c) if c != char else c for c in new)


def _step(char: str) -> str:
    point = ord(char)
    if char in _OWN:
        return _OWN[char]
    if 0x1F150 <= point <= 0x1F169 or 0x1F170 <= point <= 0x1F189:  # negative circled and squared capitals
        return chr(ord("a") + (point - 0x1F150) % 0x20)
    if char.isspace() or (point < 0x20 or 0x7F <= point < 0xA0):
        return " "
    if 0xFFA1 <= point <= 0xFFDC:  # half-width Hangul letters
        return chr(int(unicodedata.decomposition(char).split()[1], 16))
    plain = unicodedata.normalize("NFKD", char).casefold()
    if _strips_accents(plain):
        plain = "".join(c for c in plain if not _within(ord(c), _LATIN_MARKS))
    return unicodedata.normalize("NFC", plain)


def _strips_accents(plain: str) -> bool:
    """Latin and Greek lose their accents; Cyrillic й and ё, Hangul and kana are letters of their own."""
    return bool(plain) and (ord(plain[0]) < 0x400 or 0x1E00 <= ord(plain[0]) < 0x2000)


def _within(point: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= point <= last for first, last in ranges)
