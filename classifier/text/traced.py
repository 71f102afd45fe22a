"""A text together with where each of its characters came from. Not here: any rule about what to change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int32]
Edit = tuple[int, int, str]  # replace characters begin..end by a string


@dataclass(frozen=True, slots=True)
class Traced:
    """`text[i]` stands for the original characters `begins[i]` up to, not including, `ends[i]`; both never fall."""

    text: str
    begins: Places
    ends: Places

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """The original span that `text[begin:end]` was made from; an empty span for an empty piece."""
        if begin >= end:
            return 0, 0
        return int(self.begins[begin]), int(self.ends[end - 1])


def untouched(text: str) -> Traced:
    """A text that stands for itself."""
    places = np.arange(len(text) + 1, dtype=np.int32)
    return Traced(text, places[:-1], places[1:])


def edited(traced: Traced, edits: Sequence[Edit]) -> Traced:
    """Apply edits that are in order and do not overlap.

    A replacement as long as what it replaces keeps its characters' places; any other replacement stands, as a whole,
    for everything it replaces, so that an explanation covers all of "i.d.i.o.t" and not a part of it.
    """
    if not edits:
        return traced
    pieces: list[str] = []
    begins: list[Places] = []
    ends: list[Places] = []
    at = 0
    for begin, end, new in edits:
        pieces += (traced.text[at:begin], new)
        begins += (traced.begins[at:begin], _begins(traced, begin, end, len(new)))
        ends += (traced.ends[at:begin], _ends(traced, begin, end, len(new)))
        at = end
    pieces.append(traced.text[at:])
    begins.append(traced.begins[at:])
    ends.append(traced.ends[at:])
    return Traced("".join(pieces), np.concatenate(begins), np.concatenate(ends))


def without(traced: Traced, places: Iterable[int]) -> Traced:
    """Leave out the characters at `places`."""
    keep = np.ones(len(traced.text), dtype=bool)
    keep[list(places)] = False
    kept = "".join(c for c, wanted in zip(traced.text, keep, strict=True) if wanted)
    return Traced(kept, traced.begins[keep], traced.ends[keep])


def _begins(traced: Traced, begin: int, end: int, length: int) -> Places:
    if length == end - begin:
        return traced.begins[begin:end]
    return np.full(length, traced.begins[begin], dtype=np.int32)


def _ends(traced: Traced, begin: int, end: int, length: int) -> Places:
    if length == end - begin:
        return traced.ends[begin:end]
    return np.full(length, traced.ends[end - 1], dtype=np.int32)
