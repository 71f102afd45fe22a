"""Where a request came from: the one client-address function, its network, and the digest that may be stored.

A full IP address is never stored; limits and evidence use the digest, whose key changes every day.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import date
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

UNKNOWN = "unknown"  # a peer without an IP address, such as a Unix socket that nobody trusted
_MOST_HOPS = 20  # a longer chain is an attack or a mistake; the hops next to us are the last ones
_LONGEST_HEADER = 2000
_WITH_PORT = re.compile(r"\[(?P<six>[0-9a-fA-F:.]{2,45})\](?::\d{1,5})?|(?P<four>\d[\d.]{6,14}):\d{1,5}")


def client_address(remote: str, forwarded_for: str, trusted: list[str]) -> str:
    """The address of the client: the rightmost hop that is not one of our own proxies.

    `remote` is the peer of the connection, `forwarded_for` the X-Forwarded-For header or "", `trusted` our proxies
    as addresses or CIDR networks (ValueError where one is neither). The header counts only where `remote` is
    trusted, and only as far from the right as every hop is: all further left can be typed by anybody. A malformed
    hop ends the walk at the last hop that was good. The word "unix" in `trusted` trusts a Unix socket's peer.
    """
    networks = trusted_networks(tuple(trusted))
    peer = _parse(remote)
    if peer is None and "unix" not in trusted:
        return UNKNOWN
    found = peer
    if peer is None or _is_within(peer, networks):
        for hop in reversed(forwarded_for[-_LONGEST_HEADER:].split(",")[-_MOST_HOPS:]):
            parsed = _parse(hop)
            if parsed is None:
                break
            found = parsed
            if not _is_within(parsed, networks):
                break
    return UNKNOWN if found is None else str(found)


def network_of(ip: str) -> str:
    """The network that counts as one source: /24 for IPv4, /48 for IPv6; "unknown" for what is not an address."""
    parsed = _parse(ip)
    if parsed is None:
        return UNKNOWN
    return str(ip_network((parsed, 24 if parsed.version == 4 else 48), strict=False))


def network_digest(key: bytes, ip: str, day: date) -> str:
    """64 hex digits for the network of `ip` on `day` (UTC).

    HMAC-SHA256 under a key that is itself derived from the day, so that the digests of two days can't be joined
    and, since 2**24 networks are quickly tried, nothing is learnt without the installation's key.
    """
    key_of_day = hmac.new(key, b"network of " + day.isoformat().encode("ascii"), hashlib.sha256).digest()
    return hmac.new(key_of_day, network_of(ip).encode("ascii"), hashlib.sha256).hexdigest()


@lru_cache(maxsize=64)
def trusted_networks(trusted: tuple[str, ...]) -> tuple[Network, ...]:
    """The configured proxies as networks; raises ValueError naming the entry that is none."""
    networks: list[Network] = []
    for entry in trusted:
        if entry == "unix":
            continue
        try:
            networks.append(ip_network(entry.strip(), strict=False))
        except ValueError as error:
            raise ValueError(
                f"{entry!r} in the trusted proxies is not an address or network;"
                " write it like 10.0.0.0/8, 192.0.2.7 or 2001:db8::/32."
            ) from error
    return tuple(networks)


def _parse(text: str) -> Address | None:
    """The address in `text`, which may carry a port, brackets or a zone; an IPv4-mapped one as IPv4."""
    text = text.strip()
    match = _WITH_PORT.fullmatch(text)
    if match:
        text = match["six"] or match["four"]
    try:
        parsed = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
    return mapped or parsed


def _is_within(address: Address, networks: tuple[Network, ...]) -> bool:
    return any(address.version == network.version and address in network for network in networks)
