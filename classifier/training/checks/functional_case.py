"""One function of the functional test set: its sentences and the answer expected. Plain values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Slots = Mapping[str, tuple[str, ...]]  # {name of a slot: what it is filled with, one after the other}
NO_SLOTS: Slots = {}


@dataclass(frozen=True, slots=True)
class Function:
    """`sentences` are filled with every combination of `slots`; `flagged` is the answer expected for `label`."""

    name: str
    label: str
    flagged: bool
    sentences: tuple[str, ...]
    slots: Slots
    author: str = ""
    website: str = ""
