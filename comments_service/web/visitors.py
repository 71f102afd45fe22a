"""Who is calling, as far as limits need it: the client's network, held in memory, stored as a keyed digest only."""

import hashlib
import hmac
from dataclasses import dataclass

from flask import request

from comments_service.privacy.network import client_address, network_digest, network_of
from comments_service.web.context import runtime


@dataclass(frozen=True)
class Visitor:
    """`network` is like 192.0.2.0/24, `digest` its keyed digest (None where the site stores none)."""

    network: str
    digest: str | None


def visitor() -> Visitor:
    """The visitor behind this request. Forwarded addresses count only behind a trusted proxy."""
    here = runtime()
    address = client_address(
        request.remote_addr or "",
        request.headers.get("X-Forwarded-For", ""),
        list(here.settings.trusted_proxies),
    )
    digest = network_digest(here.keys.network, address, here.clock().date())
    return Visitor(network_of(address), digest if here.settings.network_days else None)


def voter_digest(public_id: str, token: str, network: str) -> str:
    """Who votes on or reports one comment: another digest for every comment, so that nothing links them."""
    subject = f"token:{token}" if token else f"network:{network}"
    # "replace": JSON can hold half a surrogate pair, which no encoding takes.
    text = f"{public_id}\n{subject}".encode("utf-8", "replace")
    return hmac.new(runtime().keys.network, text, hashlib.sha256).hexdigest()
