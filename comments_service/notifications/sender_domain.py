"""What a sender's domain says by DNS about its mail: SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 7489)."""

from dataclasses import dataclass, replace
from typing import Literal

import dns.exception
import dns.resolver

LIFETIME_S = 3.0  # for one question, whatever becomes of it
_LONGEST = 300  # characters of a record that are shown

State = Literal["there", "none", "several", "lax", "hidden", "nowhere", "unasked"]


@dataclass(frozen=True, slots=True)
class Record:
    """What was found under `name`; `text` is the record. lax: it lets anybody; hidden: under names nobody knows.

    nowhere: DNS knows no such domain at all, which may as well be a DNS that is closed off from the world.
    """

    kind: str
    name: str
    state: State
    text: str = ""


def records(domain: str, resolver: dns.resolver.Resolver | None = None) -> tuple[Record, Record, Record]:
    """What the domain says by SPF, DKIM and DMARC; one question where DNS fails or knows no such domain."""
    first = spf(domain, resolver)
    if first.state in {"nowhere", "unasked"}:
        return first, replace(first, kind="dkim"), replace(first, kind="dmarc")
    return first, dkim(domain, resolver), dmarc(domain, resolver)


def spf(domain: str, resolver: dns.resolver.Resolver | None = None) -> Record:
    """Which servers may send for the domain."""
    found = _record("spf", domain, "v=spf1", resolver, missing="nowhere")
    lets_anybody = found.state == "there" and "+all" in found.text.lower().split()
    return replace(found, state="lax") if lets_anybody else found


def dmarc(domain: str, resolver: dns.resolver.Resolver | None = None) -> Record:
    """What receivers shall do with forged mail; of the domain, or of the one above it."""
    own = _record("dmarc", f"_dmarc.{domain}", "v=DMARC1", resolver)
    above = domain.partition(".")[2]
    if own.state != "none" or "." not in above:
        return own
    inherited = _record("dmarc", f"_dmarc.{above}", "v=DMARC1", resolver)
    return inherited if inherited.state == "there" else own


def dkim(domain: str, resolver: dns.resolver.Resolver | None = None) -> Record:
    """Whether there are keys for signatures at all. Each key has a name that only the signer knows.

    Where nothing is below `_domainkey`, the name itself does not exist (RFC 8020).
    """
    name = f"_domainkey.{domain}"
    try:
        _ask(name, resolver)
    except dns.resolver.NXDOMAIN:
        return Record("dkim", name, "none")
    except dns.resolver.NoAnswer:
        return Record("dkim", name, "hidden")
    except (dns.exception.DNSException, OSError):
        return Record("dkim", name, "unasked")
    return Record("dkim", name, "hidden")


def _record(
    kind: str, name: str, begins: str, resolver: dns.resolver.Resolver | None, *, missing: State = "none"
) -> Record:
    """The one TXT record that begins so. `missing` is what it means that the name does not exist."""
    try:
        answer = _ask(name, resolver)
    except dns.resolver.NXDOMAIN:
        return Record(kind, name, missing)
    except dns.resolver.NoAnswer:
        return Record(kind, name, "none")
    except (dns.exception.DNSException, OSError):
        return Record(kind, name, "unasked")
    texts = [_printable(b"".join(record.strings).decode("utf-8", "replace")) for record in answer]
    found = [text for text in texts if text.lower().startswith(begins.lower())]
    if len(found) == 1:
        return Record(kind, name, "there", found[0])
    return Record(kind, name, "several" if found else "none")


def _ask(name: str, resolver: dns.resolver.Resolver | None) -> dns.resolver.Answer:
    return (resolver or dns.resolver.Resolver()).resolve(name, "TXT", lifetime=LIFETIME_S, search=False)


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)[:_LONGEST]
