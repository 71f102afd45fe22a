"""What an example is, and what somebody said before it is known whether it may teach. Found by `collect`."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Example:
    """A redacted text with what a person decided about it. `labels` are 0 or 1; absent means not known.

    `id` is the comment's public id, by which an erased comment's example can be found and dropped; `thread` is the same
    for all of an article's comments, so that one discussion is never split between training and test. `moderator` is
    a number of this installation, or `key:3` for what was suggested by an API key; `author` holds within one collection
    only and leads back to nobody. How the person came to see the comment: `stream` and `weight`, see `exposure`.
    """

    id: str
    text: str
    website: str
    title: str
    parent: str
    labels: dict[str, float]
    weight: float
    stream: str
    site: str
    decided_at: datetime
    thread: str
    moderator: str
    author: str


@dataclass(frozen=True, slots=True)
class Said:
    """What one person said, with what the caps count by; `example` makes an example of it, if it may teach."""

    at: datetime
    who: str
    author: str
    source: str
    example: Callable[[], Example]


def opaque(author: str, key: bytes) -> str:
    """The same for the same author under one key, and nobody's name."""
    return hashlib.blake2b(author.encode(), key=key, digest_size=8).hexdigest()
