"""Words and phrases of a site's block list, met in the text after folding case, width and look-alike spellings."""

import re
import unicodedata
from functools import lru_cache

from comments_service.screening.evidence import PASS, SPAM, Finding

_SPACE = re.compile(r"\s+")
_NO_WORD = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Text as block lists compare it: NFKC, case folded, invisible characters out, white space single."""
    if text.isascii():
        return _SPACE.sub(" ", text.lower())
    plain = unicodedata.normalize("NFKC", text)
    visible = "".join(c for c in plain if unicodedata.category(c) != "Cf")
    return _SPACE.sub(" ", visible.casefold())


def check_words(text: str, blocked: tuple[str, ...]) -> Finding:
    """The first blocked word or phrase that stands in `text` as whole words."""
    haystack = f" {_words(text)} "
    for entry in blocked:
        needle = _entry_words(entry)
        if needle and f" {needle} " in haystack:
            return Finding("block_words", SPAM, f"It says “{entry}”, which is on the block list.")
    return Finding("block_words", PASS)


@lru_cache(maxsize=4096)
def _entry_words(entry: str) -> str:
    return _words(entry)


def _words(text: str) -> str:
    return _NO_WORD.sub(" ", folded(text)).strip()
