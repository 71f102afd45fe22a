"""Who is logged in: server-side sessions behind a cookie, and bearer tokens for programs.

Only digests are stored, so a stolen database opens no desk. Cookies and headers are the business of `accounts`.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from comments_service.storage.tables import Moderator, ModeratorSession

COOKIE, BEARER = "cookie", "bearer"
_TOKEN_BYTES = 32
# A write on every click would queue behind the readers' comments; the idle limit is in hours.
_TOUCH_EVERY = timedelta(seconds=60)


@dataclass(frozen=True)
class LoggedIn:
    """The moderator behind a secret, as of this request. `stale` says that `touch` is due."""

    session_id: int
    moderator_id: int
    login: str
    name: str
    role: str
    site_id: int | None
    must_change: bool
    language: str
    stale: bool


def open_session(session: Session, moderator_id: int, *, now: datetime, max_s: int) -> str:
    """A new session of at most `max_s` seconds; returns the secret for the cookie."""
    return _issue(session, moderator_id, COOKIE, now, now + timedelta(seconds=max_s))


def issue_token(session: Session, moderator_id: int, *, now: datetime, days: int) -> str:
    """A bearer token good for `days` days; it exists nowhere else, so show it once."""
    return _issue(session, moderator_id, BEARER, now, now + timedelta(days=days))


def find_session(session: Session, secret: str, *, kind: str, now: datetime, idle_s: int) -> LoggedIn | None:
    """Whose session it is; None where it is unknown, over, idle for `idle_s` seconds, or its moderator disabled."""
    row = session.execute(
        select(ModeratorSession, Moderator)
        .join(Moderator, Moderator.id == ModeratorSession.moderator_id)
        .where(
            ModeratorSession.token_digest == _digest(secret),
            ModeratorSession.kind == kind,
            ModeratorSession.expires_at > now,
            ~Moderator.disabled,
        )
    ).first()
    if row is None:
        return None
    found, moderator = row
    if kind == COOKIE and found.seen_at + timedelta(seconds=idle_s) <= now:
        return None
    return LoggedIn(
        found.id,
        moderator.id,
        moderator.login,
        moderator.name,
        moderator.role,
        moderator.site_id,
        moderator.must_change,
        moderator.language,
        stale=now - found.seen_at > _TOUCH_EVERY,
    )


def touch(session: Session, session_id: int, now: datetime) -> None:
    """Note that the session is in use."""
    session.execute(update(ModeratorSession).where(ModeratorSession.id == session_id).values(seen_at=now))


def close_session(session: Session, secret: str) -> None:
    """End one session; a second time changes nothing."""
    session.execute(delete(ModeratorSession).where(ModeratorSession.token_digest == _digest(secret)))


def close_all(session: Session, moderator_id: int, kind: str | None = None) -> None:
    """End all of a moderator's sessions and tokens, or only those of one kind."""
    statement = delete(ModeratorSession).where(ModeratorSession.moderator_id == moderator_id)
    session.execute(statement if kind is None else statement.where(ModeratorSession.kind == kind))


def sweep_sessions(session: Session, now: datetime) -> None:
    """Remove what has expired."""
    session.execute(delete(ModeratorSession).where(ModeratorSession.expires_at <= now))


def _issue(session: Session, moderator_id: int, kind: str, now: datetime, expires_at: datetime) -> str:
    secret = secrets.token_urlsafe(_TOKEN_BYTES)
    session.execute(
        insert(ModeratorSession).values(
            moderator_id=moderator_id,
            token_digest=_digest(secret),
            kind=kind,
            created_at=now,
            seen_at=now,
            expires_at=expires_at,
        )
    )
    return secret


def _digest(secret: str) -> str:
    # The secret has 256 random bits, so a plain hash is enough and a lookup stays one index step.
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
