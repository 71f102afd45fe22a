"""Moderators' passwords: kept as argon2id hashes, compared in constant work, made up, and refused when weak.

Who logs in, how often and from where is the business of `accounts`.
"""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 200  # characters
# Above OWASP's floor (19 MiB, t=2), yet eight logins at once stay below 300 MiB.
_HASHER = PasswordHasher(time_cost=2, memory_cost=32 * 1024, parallelism=1)
# Without 0/o, 1/i/l: a first password is read from a terminal and typed into a browser.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_FEWEST_DIFFERENT = 5


class WeakPassword(ValueError):
    """A password that is too easy to guess; the text tells what to do."""


def make_password() -> str:
    """A first password of 16 characters in groups of four: 79 bits of chance, no character mistaken for another."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def check_new_password(password: str, login: str) -> None:
    """Raise WeakPassword where `password` must not become the password of `login`."""
    if len(password) < SHORTEST:
        raise WeakPassword(f"Use at least {SHORTEST} characters. Four or five ordinary words make a good password.")
    if len(password) > LONGEST:
        raise WeakPassword(f"Use at most {LONGEST} characters.")
    if len(set(password.casefold())) < _FEWEST_DIFFERENT:
        raise WeakPassword("Use more different characters.")
    if login.casefold() in password.casefold() and len(password) < len(login) + SHORTEST:
        raise WeakPassword("Leave your login out of the password.")


def hash_password(password: str) -> str:
    return _HASHER.hash(password)


def password_matches(password_hash: str | None, password: str) -> bool:
    """Whether `password` fits. With no hash (no such login) the same work is done, so the time tells nothing."""
    if len(password) > LONGEST:
        return False
    try:
        return _HASHER.verify(password_hash or _nobodys_hash(), password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def hash_is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with weaker parameters than today's and should be made again."""
    return _HASHER.check_needs_rehash(password_hash)


@cache
def _nobodys_hash() -> str:
    return _HASHER.hash(secrets.token_urlsafe(32))
