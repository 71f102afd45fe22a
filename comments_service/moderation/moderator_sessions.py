"""Who is logged in: server-side sessions behind a cookie, and bearer tokens for programs.

Only digests are stored, so a stolen database opens no desk. Cookies and headers are the business of `accounts`.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.orm import Session

from comments_service.storage.tables import Moderator, ModeratorSession, Passkey

COOKIE, BEARER, HALF = "cookie", "bearer", "half"
PASSWORD, SSO = "password", "sso"  # two of the ways in; the others are second factors
ALL_SCOPES = "*"
HALF_S = 300  # how long the second step of a login may take
_TOKEN_BYTES = 32
# A write on every click would queue behind the readers' comments; the idle limit is in hours.
_TOUCH_EVERY = timedelta(seconds=60)
_HAS_FACTOR = or_(
    Moderator.totp_sealed.is_not(None), select(Passkey.id).where(Passkey.moderator_id == Moderator.id).exists()
)


@dataclass(frozen=True)
class LoggedIn:
    """The moderator behind a secret, as of this request. `stale` says that `touch` is due.

    `method` is how they logged in, `has_factor` whether the account has a second factor, `scopes` what a token may do.
    """

    session_id: int
    moderator_id: int
    login: str
    name: str
    role: str
    site_id: int | None
    must_change: bool
    language: str
    stale: bool
    method: str
    has_factor: bool
    scopes: str


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One login that still holds. `browser` is like "Firefox/Linux", empty where it was not known."""

    id: int
    browser: str
    method: str
    created_at: datetime
    seen_at: datetime


def open_session(
    session: Session, moderator_id: int, *, now: datetime, max_s: int, method: str = "password", browser: str = ""
) -> str:
    """A new session of at most `max_s` seconds; returns the secret for the cookie."""
    session.execute(update(Moderator).where(Moderator.id == moderator_id).values(seen_at=now))
    return _issue(session, moderator_id, COOKIE, now, now + timedelta(seconds=max_s), method=method, browser=browser)


def open_half(session: Session, moderator_id: int, *, now: datetime, method: str = "password") -> str:
    """Half a login: good for the second step within `HALF_S` seconds, and for nothing else. The cookie's secret."""
    return _issue(session, moderator_id, HALF, now, now + timedelta(seconds=HALF_S), method=method)


def issue_token(
    session: Session, moderator_id: int, *, now: datetime, days: int, name: str = "", scopes: str = ALL_SCOPES
) -> str:
    """A bearer token good for `days` days; it exists nowhere else, so show it once."""
    return _issue(session, moderator_id, BEARER, now, now + timedelta(days=days), name=name, scopes=scopes)


def find_session(session: Session, secret: str, *, kind: str, now: datetime, idle_s: int) -> LoggedIn | None:
    """Whose session it is; None where it is unknown, over, idle for `idle_s` seconds, or its moderator disabled."""
    row = session.execute(
        select(ModeratorSession, Moderator, _HAS_FACTOR)
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
    found, moderator, has_factor = row
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
        # The first use of a token is noted at once: "never used" must be true.
        stale=now - found.seen_at > _TOUCH_EVERY or (kind == BEARER and found.seen_at == found.created_at),
        method=found.method,
        has_factor=has_factor,
        scopes=found.scopes,
    )


def find_half(session: Session, secret: str, now: datetime) -> int | None:
    """Whose login is half done; None where it is unknown, over, or its moderator disabled."""
    return session.scalar(
        select(ModeratorSession.moderator_id)
        .join(Moderator, Moderator.id == ModeratorSession.moderator_id)
        .where(
            ModeratorSession.token_digest == _digest(secret),
            ModeratorSession.kind == HALF,
            ModeratorSession.expires_at > now,
            ~Moderator.disabled,
        )
    )


def list_sessions(session: Session, moderator_id: int, *, now: datetime, idle_s: int) -> list[OpenSession]:
    """A moderator's logins that still hold, the last used first."""
    rows = session.scalars(
        select(ModeratorSession)
        .where(
            ModeratorSession.moderator_id == moderator_id,
            ModeratorSession.kind == COOKIE,
            ModeratorSession.expires_at > now,
            ModeratorSession.seen_at > now - timedelta(seconds=idle_s),
        )
        .order_by(ModeratorSession.seen_at.desc(), ModeratorSession.id.desc())
    )
    return [OpenSession(row.id, row.browser, row.method, row.created_at, row.seen_at) for row in rows]


def began_within(session: Session, session_id: int, seconds: int, now: datetime) -> bool:
    """Whether a session is at most that old."""
    began = session.scalar(select(ModeratorSession.created_at).where(ModeratorSession.id == session_id))
    return began is not None and now - began <= timedelta(seconds=seconds)


def end_session(session: Session, moderator_id: int, session_id: int) -> None:
    """End one login of this moderator; one that is over, or another's, changes nothing."""
    session.execute(
        delete(ModeratorSession).where(
            ModeratorSession.id == session_id,
            ModeratorSession.moderator_id == moderator_id,
            ModeratorSession.kind == COOKIE,
        )
    )


def end_others(session: Session, moderator_id: int, session_id: int) -> None:
    """End every login of this moderator but one; tokens stay."""
    session.execute(
        delete(ModeratorSession).where(
            ModeratorSession.moderator_id == moderator_id,
            ModeratorSession.kind != BEARER,
            ModeratorSession.id != session_id,
        )
    )


def touch(session: Session, session_id: int, now: datetime) -> None:
    """Note that the session, and with it its moderator, was here."""
    session.execute(update(ModeratorSession).where(ModeratorSession.id == session_id).values(seen_at=now))
    whose = select(ModeratorSession.moderator_id).where(
        ModeratorSession.id == session_id, ModeratorSession.kind == COOKIE
    )
    session.execute(update(Moderator).where(Moderator.id.in_(whose)).values(seen_at=now))


def close_session(session: Session, secret: str) -> None:
    """End one session; a second time changes nothing."""
    session.execute(delete(ModeratorSession).where(ModeratorSession.token_digest == _digest(secret)))


def close_all(session: Session, moderator_id: int, kind: str | None = None) -> None:
    """End all of a moderator's sessions and tokens, or only those of one kind. Half a login is gone in any case."""
    statement = delete(ModeratorSession).where(ModeratorSession.moderator_id == moderator_id)
    session.execute(statement if kind is None else statement.where(ModeratorSession.kind.in_([kind, HALF])))


def sweep_sessions(session: Session, now: datetime) -> None:
    """Remove what has expired."""
    session.execute(delete(ModeratorSession).where(ModeratorSession.expires_at <= now))


def _issue(session: Session, moderator_id: int, kind: str, now: datetime, expires_at: datetime, **marks: str) -> str:
    secret = secrets.token_urlsafe(_TOKEN_BYTES)
    session.execute(
        insert(ModeratorSession).values(
            moderator_id=moderator_id,
            token_digest=_digest(secret),
            kind=kind,
            created_at=now,
            seen_at=now,
            expires_at=expires_at,
            **marks,
        )
    )
    return secret


def _digest(secret: str) -> str:
    # The secret has 256 random bits, so a plain hash is enough and a lookup stays one index step.
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
