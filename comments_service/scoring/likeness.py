"""A compact sketch of a text, by which texts that were made from one another are found. Pure; storing is not done here.

MinHash (Broder 1997, On the resemblance and containment of documents) over runs of five characters of the normalised
text, with bands to look it up by (Indyk, Motwani 1998, Approximate nearest neighbors). Of each minimum one byte is kept
(Li, König 2010, b-bit minwise hashing): enough to tell resemblance to within a few hundredths.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.text import cut, normalise
from comments_service.scoring.marks import number_of

ALIKE = 0.6  # the least share of runs in common; one name or number changed in two lines leaves 0.8
BANDS, _ROWS = 12, 4
_RUN = 5  # characters
# Shorter texts are said by many people in the same words; see `sketched`.
_SHORT = 40  # characters; one of a script without blanks between words counts three
_DENSE = "\u2e80"

_LINK = re.compile(r"(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)+)(?:[/?#]\S*)?")
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_STEPS = np.arange(1, BANDS * _ROWS + 1, dtype=np.uint64) * _GOLDEN


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of a text. `signature` is 48 bytes; `bands` are numbers (64 bits, signed) to look it up by."""

    signature: bytes
    bands: tuple[int, ...]


def sketched(text: str, hosts: Sequence[str] = ()) -> Sketch | None:
    """The sketch of `text`, which links to `hosts`; None for what is too short to tell anything.

    Case, accents, disguised letters, invisible characters, punctuation, digits and what follows a link's domain make no
    difference. A short text has a sketch only with a link: it is then like nothing but itself.
    """
    read = _read(text)
    if _length(read) < _SHORT:
        return _as_a_whole(read, hosts) if hosts else None
    minima = _minima(read)
    bands = _mixed(minima.reshape(BANDS, _ROWS) * _STEPS[:_ROWS] + _STEPS[:BANDS, None]).sum(axis=1, dtype=np.uint64)
    return Sketch((minima & np.uint64(0xFF)).astype(np.uint8).tobytes(), tuple(bands.view(np.int64).tolist()))


def resemblance(one: bytes, other: bytes) -> float:
    """The share of runs that two texts have in common (Jaccard), estimated from their signatures: 0 to 1."""
    same = sum(a == b for a, b in zip(one, other, strict=True)) / len(one)
    return max(0.0, (same - 1 / 256) / (1 - 1 / 256))  # one byte in 256 is the same by chance


def _read(text: str) -> str:
    spelt = _LINK.sub(r" \1 ", normalise(cut(text)[0]).text)
    return " ".join(re.sub(r"\d+", "0", re.sub(r"[\W_]+", " ", spelt)).split())


def _length(read: str) -> int:
    return sum(3 if character >= _DENSE else 1 for character in read)


def _as_a_whole(read: str, hosts: Sequence[str]) -> Sketch:
    whole = " ".join([*sorted(set(hosts)), read])
    signature = b"".join(hashlib.sha256(f"{part} {whole}".encode("utf-8", "replace")).digest() for part in range(2))
    return Sketch(signature[: BANDS * _ROWS], (number_of(f"whole {whole}"),))


def _minima(read: str) -> NDArray[np.uint64]:
    points = np.frombuffer(read.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    runs = np.lib.stride_tricks.sliding_window_view(points, min(_RUN, len(points)))
    numbers = np.zeros(len(runs), dtype=np.uint64)
    for place in range(runs.shape[1]):
        numbers = _mixed(numbers + runs[:, place] + _GOLDEN)
    return np.array([_mixed(np.unique(numbers) ^ step).min() for step in _STEPS], dtype=np.uint64)


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Each number as another that looks random: the finaliser of SplitMix64 (Steele, Lea, Flood 2014)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))
