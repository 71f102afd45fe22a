"""Words and phrases of a site's lists, met in the text after folding case, width and look-alike spellings."""

import re
import unicodedata
from functools import lru_cache

from comments_service.screening.evidence import PASS, Finding

_SPACE = re.compile(r"\s+")
_NO_WORD = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Text as lists compare it: NFKC, case folded, invisible characters out, white space single."""
    if text.isascii():
        return _SPACE.sub(" ", text.lower())
    plain = unicodedata.normalize("NFKC", text)
    visible = "".join(c for c in plain if unicodedata.category(c) != "Cf")
    return _SPACE.sub(" ", visible.casefold())


def check_words(check: str, text: str, listed: tuple[str, ...], weight: str) -> Finding:
    """The first listed word or phrase that stands in `text` as whole words; `weight` is what it then weighs."""
    haystack = f" {plain_words(text)} "
    for entry in listed:
        needle = _entry_words(entry)
        if needle and f" {needle} " in haystack:
            return Finding(check, weight, f"It says “{entry}”, which is on the site's list.")
    return Finding(check, PASS)


def plain_words(text: str, *, keep_edges: bool = False) -> str:
    """The words of a text as lists and rules compare them: folded, one blank between them, without signs.

    With `keep_edges` a blank at either end tells that the text begins or ends between words.
    """
    words = _NO_WORD.sub(" ", folded(text))
    return words if keep_edges else words.strip()


@lru_cache(maxsize=4096)
def _entry_words(entry: str) -> str:
    return plain_words(entry)
