"""Bans of a site: an author's address, a network, a word or a domain. Found bans are evidence, not a refusal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from comments_service.screening.evidence import PASS, SPAM, Finding
from comments_service.storage.tables import Ban
from comments_service.storage.types import Moment

_ACTIVE = select(Ban.kind, Ban.pattern).where(
    Ban.site_id == bindparam("site"),
    or_(Ban.expires_at.is_(None), Ban.expires_at > bindparam("now", type_=Moment)),
)


@dataclass(frozen=True)
class ActiveBan:
    """A ban in force: `kind` is address (pattern: blind index), network (like 192.0.2.0/24), word or domain."""

    kind: str
    pattern: str


def active_bans(session: Session, site_id: int, now: datetime) -> list[ActiveBan]:
    """Bans of the site that have not expired."""
    return [ActiveBan(*row) for row in session.connection().execute(_ACTIVE, {"site": site_id, "now": now})]


def check_bans(bans: Iterable[ActiveBan], *, blind_index: str, network: str) -> Finding:
    """`blind_index` is the address's, `network` like 192.0.2.0/24. What is banned is not repeated in the detail."""
    for ban in bans:
        if ban.kind == "address" and blind_index and ban.pattern == blind_index:
            return Finding("bans", SPAM, "Its author's address is banned on this site.")
        if ban.kind == "network" and ban.pattern == network:
            return Finding("bans", SPAM, "It comes from a network that is banned on this site.")
    return Finding("bans", PASS)


def banned_patterns(bans: Iterable[ActiveBan], kind: str) -> tuple[str, ...]:
    """Patterns of one kind (word or domain), to be joined with the site's block list."""
    return tuple(ban.pattern for ban in bans if ban.kind == kind)
