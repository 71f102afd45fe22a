"""Numbers under which comments that share something are found. Without NumPy: web processes ask for them, too."""

import hashlib


def mark_of_host(host: str) -> int:
    """The number (64 bits, signed) under which texts that link to `host` are found."""
    return number_of(f"link {host}")


def number_of(text: str) -> int:
    """A digest of `text` as a number (64 bits, signed)."""
    digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
