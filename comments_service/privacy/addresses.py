"""E-mail addresses: checked, masked, sealed for storage, and asked for by DNS.

Syntax is email-validator's business; stricter rules for what may reach a mail header stand here. Addresses inside
running texts are the business of hide.py.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import unicodedata

import dns.exception
import dns.resolver
import idna
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from email_validator import EmailNotValidError, EmailUndeliverableError, caching_resolver, validate_email

from comments_service.privacy.keys import Keys

LONGEST_ADDRESS = 254  # characters, RFC 5321 section 4.5.3.1.3
_DOT = "•••"
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


class InvalidAddress(ValueError):
    """An address that can't be taken: `code` for programs, `message` in plain words with the remedy."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class UnknownKey(ValueError):
    """A sealed address that none of the configured keys opens."""


def check_address(raw: str) -> str:
    """The normalised form of the address that a person typed. Asks nobody: no DNS. Raises InvalidAddress."""
    text = raw.strip(" \t\r\n")
    _refuse_obvious(text)
    try:
        result = validate_email(text, strict=True, check_deliverability=False, test_environment=False)
    except EmailNotValidError as error:
        raise InvalidAddress("syntax", _in_plain_words(text, str(error))) from error
    # The library accepts `-f@example.com`; a sendmail-like program would read that as an option.
    if result.local_part.startswith("-"):
        raise InvalidAddress("argument", "An email address can't start with a hyphen. Remove it.")
    return result.normalized


def deliverable(address: str, timeout_s: float = 5.0, *, resolver: dns.resolver.Resolver | None = None) -> bool | None:
    """Whether the address' domain takes mail by DNS; None where that could not be found out. For workers only.

    True and False are answers of the domain's name servers; a timeout, a refusal or a machine without DNS is None,
    so that a fault of ours is never held against an author.
    """
    try:
        ask = caching_resolver(timeout=max(1, round(timeout_s)), dns_resolver=resolver)
        ask.lifetime = timeout_s
        found = validate_email(address, check_deliverability=True, dns_resolver=ask)
    except EmailUndeliverableError as error:
        answered = isinstance(
            error.__cause__, (type(None), dns.resolver.NXDOMAIN, dns.resolver.NoAnswer)
        )  # any other cause is email-validator's wrapping of a fault on the way
        return False if answered else None
    except EmailNotValidError:
        return False
    except (dns.exception.DNSException, OSError):
        return None
    return True if getattr(found, "mx", None) else None


def mask_address(address: str) -> str:
    """`j•••@•••.com`: what a moderator sees. Never more than the first letter and the top-level domain."""
    local, at, domain = address.strip().rpartition("@")
    _, dot, top = domain.rpartition(".")
    if not (local and at and dot and top):
        return _DOT
    return f"{local[0]}{_DOT}@{_DOT}.{top}"


class AddressVault:
    """Seals addresses for storage and makes the blind index by which equal ones are found.

    `secret_keys` are 32 bytes each: the first seals, all open. `index_key` is the key of the blind index,
    `old_index_keys` those of former secrets.
    """

    def __init__(self, secret_keys: list[bytes], index_key: bytes, old_index_keys: tuple[bytes, ...] = ()) -> None:
        if not secret_keys or any(len(key) != 32 for key in [*secret_keys, index_key, *old_index_keys]):
            raise ValueError("An address vault needs one or more keys, each of 32 bytes.")
        self._fernet = MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in secret_keys])
        self._index_keys = (index_key, *old_index_keys)

    @classmethod
    def from_keys(cls, keys: Keys) -> AddressVault:
        """The vault that seals with the present secret and opens what former ones sealed."""
        return cls([keys.address, *(old.address for old in keys.old)], keys.index, tuple(old.index for old in keys.old))

    def seal(self, address: str) -> bytes:
        """The address encrypted and authenticated (Fernet); sealing twice gives two different tokens."""
        return self._fernet.encrypt(address.encode("utf-8"))

    def open(self, token: bytes | str) -> str:
        """The address inside `token`. Raises UnknownKey where no configured key fits."""
        try:
            return self._fernet.decrypt(token.encode() if isinstance(token, str) else token).decode("utf-8")
        except InvalidToken as error:
            raise UnknownKey(
                "A stored address can't be opened with the configured secret."
                " If the secret was changed, add the former one to COMMENTS_OLD_SECRET_KEYS."
            ) from error

    def rotate(self, token: bytes | str) -> bytes:
        """The same address sealed with the present key. Raises UnknownKey."""
        return self.seal(self.open(token))

    def blind_index(self, address: str) -> str:
        """64 hex digits, equal for spellings of one mailbox; useless to whoever lacks the key."""
        return self.blind_indexes(address)[0]

    def blind_indexes(self, address: str) -> tuple[str, ...]:
        """The present blind index, and those under former secrets, by which older rows may still be found."""
        normalised = _one_spelling(address).encode("utf-8", "surrogatepass")
        return tuple(hmac.new(key, normalised, hashlib.sha256).hexdigest() for key in self._index_keys)


def _one_spelling(address: str) -> str:
    """Local part NFC and case-folded, domain as ASCII: what one person types in different ways becomes one."""
    local, _, domain = unicodedata.normalize("NFC", address.strip()).rpartition("@")
    try:
        domain = idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError:
        domain = domain.casefold()
    return f"{unicodedata.normalize('NFC', local.casefold())}@{domain.lower()}"


def _refuse_obvious(text: str) -> None:
    """What is cheap to see and easier to say than the library says it; bounds the work done on hostile input."""
    if not text:
        raise InvalidAddress("empty", "Enter an email address, like name@example.com.")
    if len(text) > LONGEST_ADDRESS:
        raise InvalidAddress(
            "too_long",
            f"An email address has at most {LONGEST_ADDRESS} characters; this one has {len(text)}.",
        )
    if any(unicodedata.category(character) in _UNPRINTABLE for character in text):
        raise InvalidAddress(
            "control", "The email address holds an invisible character. Type it instead of pasting it."
        )


def _in_plain_words(text: str, reason: str) -> str:
    """The commonest slips named with their remedy; for the others the library's own sentence."""
    local, at, domain = text.rpartition("@")
    slips: list[tuple[bool, str]] = [
        (
            "<" in text or ">" in text,
            "Enter the address alone, without a name or angle brackets: name@example.com.",
        ),
        (not at, "An email address needs an @-sign, like name@example.com."),
        (
            not (local and domain),
            "Something is missing before or after the @-sign; it should look like name@example.com.",
        ),
        ("@" in local and '"' not in local, "The email address has more than one @-sign. Keep one."),
        (
            any(character.isspace() for character in text),
            "The email address has a space in it. Remove the space.",
        ),
        ("," in domain, f'"{text}" has a comma after the @-sign. Did you mean a dot?'),
        (
            "." not in domain.strip("."),
            f'"{domain}" is not complete: after the @-sign comes a domain such as example.com.',
        ),
        (
            domain.endswith(".") or local.endswith("."),
            "There is a dot too many at the end of a part of the email address. Remove it.",
        ),
    ]
    found = (message for is_slip, message in slips if is_slip)
    return next(found, f"This is not a valid email address. {reason}")
