"""The keys of an installation, all derived from its one secret. Where the secret is kept is not known here."""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SHORTEST_SECRET = 16  # characters; `comments-service init` makes one of 43
_SALT = b"comments-service keys 1"


@dataclass(frozen=True, repr=False)
class Keys:
    """Seven independent 32-byte keys, and those of former secrets (newest first) for reading what they sealed.

    One key for one purpose: a form token can then never pass for an edit token, and whoever learns the index key
    still can't open an address.
    """

    address: bytes
    index: bytes
    network: bytes
    edit: bytes
    form: bytes
    session: bytes
    factor: bytes
    old: tuple[Keys, ...] = field(default=())

    @classmethod
    def from_secret(cls, secret: str, old_secrets: list[str] | None = None) -> Keys:
        """Derive all keys by HKDF-SHA256 (RFC 5869).

        Raises ValueError where a secret is shorter than 16 characters, naming which one.
        """
        former = tuple(_derive(old, f"old secret {number}") for number, old in enumerate(old_secrets or [], start=1))
        return _derive(secret, "secret", former)

    def __repr__(self) -> str:  # a key must not reach a log by way of a traceback or a debug line
        return f"Keys(<7 keys>, old={len(self.old)})"


def _derive(secret: str, which: str, former: tuple[Keys, ...] = ()) -> Keys:
    if len(secret) < SHORTEST_SECRET:
        raise ValueError(
            f"The {which} has {len(secret)} characters; at least {SHORTEST_SECRET} are needed."
            " Run `comments-service init`, which makes a good one."
        )
    material = secret.encode("utf-8")

    def key(purpose: str) -> bytes:
        return HKDF(SHA256(), length=32, salt=_SALT, info=purpose.encode("ascii")).derive(material)

    return Keys(
        address=key("address"),
        index=key("index"),
        network=key("network"),
        edit=key("edit"),
        form=key("form"),
        session=key("session"),
        factor=key("factor"),
        old=former,
    )
