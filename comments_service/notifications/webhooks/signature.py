"""Signs deliveries as Standard Webhooks 1.0 says: HMAC-SHA256 over id, moment and body, so that none can be forged,
changed or played again later."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence

_MARK = "whsec_"
_SECRET_BYTES = 32


def new_secret() -> str:
    """A secret to give to a receiver."""
    return _MARK + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def signed_headers(delivery: str, body: bytes, timestamp: int, keys: Sequence[str]) -> dict[str, str]:
    """The headers that go with `body`: `timestamp` in seconds; a signature for each of the secrets in `keys`."""
    content = b".".join((delivery.encode(), str(timestamp).encode(), body))
    return {
        "webhook-id": delivery,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(f"v1,{_signature(key, content)}" for key in keys),
    }


def _signature(secret: str, content: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(_MARK))
    return base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
