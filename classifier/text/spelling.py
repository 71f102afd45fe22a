"""Letters with something between them: "i d i o t", "i.d.i.o.t". Every pattern is linear. Not here: what repeats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

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

_SPACES = re.compile("  +")


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


def collapse_spaces(traced: Traced) -> Traced:
    """Runs of spaces become one."""
    return edited(traced, [(m.start() + 1, m.end(), "") for m in _SPACES.finditer(traced.text)])
