"""Who is calling: the network, held in memory and stored as a keyed digest only; the reader's language."""

import hashlib
import hmac
from dataclasses import dataclass

from flask import request

from comments_service.content.translations import chosen_language
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


def reader_language(tag: str | None) -> str:
    """The language for mails to whoever sends this request: as the page says by `tag`, else as the browser says."""
    return chosen_language(tag or request.headers.get("Accept-Language", ""))


def voter_digest(public_id: str, token: str, network: str) -> str:
    """Who votes on or reports one comment: another digest for every comment, so that nothing links them."""
    subject = f"token:{token}" if token else f"network:{network}"
    # "replace": JSON can hold half a surrogate pair, which no encoding takes.
    text = f"{public_id}\n{subject}".encode("utf-8", "replace")
    return hmac.new(runtime().keys.network, text, hashlib.sha256).hexdigest()
