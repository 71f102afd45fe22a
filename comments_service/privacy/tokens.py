"""Signed tokens: short-lived ones bound to a purpose and a subject, and the author's edit token.

What a token allows is decided by its callers. No token holds an address, an IP or anything else about a person.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from typing import Literal

TokenCode = Literal["malformed", "forged", "too_young", "expired"]

_LONGEST = 80  # characters; longer input is refused before any work is done on it
_SHAPE = re.compile(r"(?P<issued>[0-9a-f]{1,12})\.(?P<signature>[A-Za-z0-9_-]{43})")
_MESSAGES: dict[TokenCode, str] = {
    "malformed": "The form's token is missing or damaged. Reload the page and send again.",
    "forged": "The form's token does not belong to this form. Reload the page and send again.",
    "too_young": "That was very quick. Wait a moment and send again.",
    "expired": "The form was open for too long. Reload the page and send again; copy your text first.",
}


class TokenError(ValueError):
    """A token that must not be accepted; `code` says why, the text tells a person what to do."""

    def __init__(self, code: TokenCode) -> None:
        super().__init__(_MESSAGES[code])
        self.code: TokenCode = code


def sign(key: bytes, purpose: str, subject: str, issued_at: float) -> str:
    """A token for `subject`, good for `purpose` alone. `issued_at` is in seconds since 1970."""
    issued = format(max(0, round(issued_at * 1000)), "x")
    return f"{issued}.{_signature(key, purpose, subject, issued)}"


def check(key: bytes, purpose: str, token: str, subject: str, now: float, min_age_s: float, max_age_s: float) -> None:
    """Return where `token` was signed for this purpose and subject and has the right age in seconds.

    Raises TokenError otherwise. A token from the future (a clock that jumped back) counts as too young: the sender
    waits or reloads, and nothing is accepted that was not earned.
    """
    match = _SHAPE.fullmatch(token) if len(token) <= _LONGEST else None
    if match is None:
        raise TokenError("malformed")
    expected = _signature(key, purpose, subject, match["issued"])
    if not hmac.compare_digest(expected.encode(), match["signature"].encode()):
        raise TokenError("forged")
    age_s = now - int(match["issued"], 16) / 1000
    if age_s < min_age_s:
        raise TokenError("too_young")
    if age_s > max_age_s:
        raise TokenError("expired")


def edit_token(key: bytes, public_id: str) -> str:
    """The author's right to read, edit and withdraw the comment `public_id`: 256 bits, nothing stored."""
    return _base64(_mac(key, "edit", public_id))


def edit_token_matches(key: bytes, public_id: str, token: str) -> bool:
    """Whether `token` is the edit token of `public_id`; takes the same time wherever they differ."""
    expected = edit_token(key, public_id).encode()
    return hmac.compare_digest(expected, token[:_LONGEST].encode("utf-8", "replace"))


def _signature(key: bytes, purpose: str, subject: str, issued: str) -> str:
    return _base64(_mac(key, "token", purpose, subject, issued))


def _mac(key: bytes, *parts: str) -> bytes:
    """HMAC-SHA256 over length-prefixed parts: ("a", "bc") and ("ab", "c") must not sign alike."""
    mac = hmac.new(key, digestmod=hashlib.sha256)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        mac.update(len(raw).to_bytes(8, "big") + raw)
    return mac.digest()


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
