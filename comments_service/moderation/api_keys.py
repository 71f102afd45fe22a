"""Keys of programs that call a surface they know already: made, found again, listed, revoked. One key, one site.

Not the site's server key: that one posts comments. An API key asks for scores or verdicts and suggests some, and no
more, because it travels in URLs, where proxies write it down.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from comments_service.moderation.sites import find_site, server_key_digest
from comments_service.storage.tables import SCALES, ApiKey, Site, Suggestion

MARK = "ck-"  # lets secret scanners and people recognise a key

_FIND = (
    select(ApiKey.id, ApiKey.site_id, Site.key.label("site"), ApiKey.per_minute, ApiKey.scale)
    .join(Site, Site.id == ApiKey.site_id)
    .where(ApiKey.digest == bindparam("digest"), ApiKey.revoked_at.is_(None))
)


class ApiKeyError(ValueError):
    """What was asked of an API key cannot be done. The message says what and how to mend it, in one line."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: the key's number, its site, its quota a minute, and the scale that it is told scores on."""

    id: int
    site_id: int
    site: str
    per_minute: int
    scale: str


@dataclass(frozen=True, slots=True)
class ApiKeyRow:
    """A key as lists show it. `suggestions` counts the examples that came by it."""

    id: int
    site: str
    name: str
    per_minute: int
    scale: str
    created_at: datetime
    revoked_at: datetime | None
    suggestions: int


def add_api_key(
    session: Session, site_key: str, *, name: str, per_minute: int, scale: str, now: datetime
) -> tuple[int, str]:
    """Make a key of a site: its number, and the key itself, which is told this once. Raises SiteError, ApiKeyError."""
    if not name.strip():
        raise ApiKeyError("--name: say which program the key is for, like 'forum'")
    if scale not in SCALES:
        raise ApiKeyError(f"--scale {scale}: choose one of {', '.join(SCALES)}")
    # Small letters, digits and a hyphen, 51 in all: Akismet's clients make it the first label of a host name.
    key = f"{MARK}{secrets.token_hex(24)}"
    row = ApiKey(
        site_id=find_site(session, site_key).id,
        name=name.strip(),
        digest=server_key_digest(key),
        per_minute=per_minute,
        scale=scale,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row.id, key


def find_caller(session: Session, key: str) -> Caller | None:
    """Whose key this is; None for one that was never made or is revoked."""
    # "replace": a query string can hold half a surrogate pair, which no encoding takes.
    readable = key.encode("utf-8", "replace").decode()
    row = session.execute(_FIND, {"digest": server_key_digest(readable)}).one_or_none()
    return Caller(*row) if row else None


def list_api_keys(session: Session, site_key: str | None = None) -> list[ApiKeyRow]:
    """The keys of a site, or of all, in the order in which they were made. Raises SiteError."""
    statement = (
        select(
            ApiKey.id,
            Site.key,
            ApiKey.name,
            ApiKey.per_minute,
            ApiKey.scale,
            ApiKey.created_at,
            ApiKey.revoked_at,
            func.count(Suggestion.id),
        )
        .join(Site, Site.id == ApiKey.site_id)
        .outerjoin(Suggestion, Suggestion.api_key_id == ApiKey.id)
        .group_by(ApiKey.id, Site.key)
        .order_by(ApiKey.id)
    )
    if site_key is not None:
        statement = statement.where(ApiKey.site_id == find_site(session, site_key).id)
    return [ApiKeyRow(*row) for row in session.execute(statement)]


def revoke_api_key(session: Session, number: int, now: datetime) -> None:
    """End a key at once; what it taught stays until it is forgotten. Raises ApiKeyError."""
    row = session.get(ApiKey, number)
    if row is None:
        raise ApiKeyError(f"there is no API key {number}; `comments-service api-key list` shows all")
    row.revoked_at = row.revoked_at or now
    session.flush()
