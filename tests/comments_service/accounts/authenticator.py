"""An authenticator in software: makes passkeys (ES256, no attestation) and signs with them, honestly or not."""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

USER_PRESENT, USER_VERIFIED, HAS_KEY = 0x01, 0x04, 0x40


def to_base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Authenticator:
    """One device with one passkey. What it says of itself can be changed before it answers."""

    def __init__(self, origin: str) -> None:
        self.origin, self.flags, self.count = origin, USER_PRESENT | USER_VERIFIED, 0
        self.credential_id, self.handle = secrets.token_bytes(24), b""
        self._key = ec.generate_private_key(ec.SECP256R1())

    def create(self, options: Mapping[str, Any]) -> str:
        """The answer to options for a new passkey, as a page's script sends it."""
        self.handle = from_base64url(options["user"]["id"])
        numbers = self._key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        about = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + _cbor(cose)
        held = self._about(options["rp"]["id"], HAS_KEY) + about
        attestation = _cbor({"fmt": "none", "attStmt": {}, "authData": held})
        client = self._client_data("webauthn.create", options["challenge"])
        return self._answer(clientDataJSON=client, attestationObject=attestation)

    def get(self, options: Mapping[str, Any]) -> str:
        """The answer to options for a login."""
        self.count += 1
        held = self._about(options["rpId"])
        client = self._client_data("webauthn.get", options["challenge"])
        signature = self._key.sign(held + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=held, signature=signature, userHandle=self.handle)

    def _about(self, site: str, more: int = 0) -> bytes:
        return hashlib.sha256(site.encode()).digest() + bytes([self.flags | more]) + self.count.to_bytes(4, "big")

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, **response: bytes) -> str:
        name = to_base64url(self.credential_id)
        held = {part: to_base64url(raw) for part, raw in response.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": held})


def _cbor(value: object) -> bytes:
    """As much of CBOR (RFC 8949) as a passkey is made of: small integers, bytes, texts, maps."""
    if isinstance(value, int):
        return _head(0, value) if value >= 0 else _head(1, -1 - value)
    if isinstance(value, bytes):
        return _head(2, len(value)) + value
    if isinstance(value, str):
        return _head(3, len(value)) + value.encode()
    assert isinstance(value, dict)
    return _head(5, len(value)) + b"".join(_cbor(part) for pair in value.items() for part in pair)


def _head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind << 5 | number])
    return bytes([kind << 5 | 24, number]) if number < 256 else bytes([kind << 5 | 25]) + number.to_bytes(2, "big")
