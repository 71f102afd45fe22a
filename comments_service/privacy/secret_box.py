"""Seals the few secrets that must be read again, such as an authenticator app's. Digests do for all others."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from comments_service.privacy.addresses import UnknownKey
from comments_service.privacy.keys import Keys


class SecretBox:
    """Seals with the present secret's key, and opens what former ones sealed."""

    def __init__(self, keys: Keys) -> None:
        self._fernet = MultiFernet(
            [Fernet(base64.urlsafe_b64encode(key)) for key in (keys.factor, *(old.factor for old in keys.old))]
        )

    def seal(self, secret: str) -> bytes:
        """`secret` encrypted and authenticated (Fernet), with the moment of sealing."""
        return self._fernet.encrypt(secret.encode())

    def open(self, token: bytes | str, max_age_s: int | None = None) -> str:
        """What was sealed, at most `max_age_s` seconds ago. Raises UnknownKey."""
        try:
            return self._fernet.decrypt(token, ttl=max_age_s).decode()
        except InvalidToken as error:
            raise UnknownKey(
                "A second factor can't be opened with the configured secret. If the secret was changed, add the former"
                " one to COMMENTS_OLD_SECRET_KEYS; else `comments-service moderator reset LOGIN` clears it."
            ) from error
