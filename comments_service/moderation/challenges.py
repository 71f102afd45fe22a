"""What a browser has to come back with: random, stored as a digest, good once and for minutes.

Passkeys and single sign-on build on it. Who may be given one, and how often, is for their callers.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from comments_service.storage.tables import LoginChallenge

GOOD_S = 300


@dataclass(frozen=True, slots=True)
class Answered:
    """What was kept with a challenge that somebody came back with."""

    moderator_id: int | None
    detail: str


def set_challenge(
    session: Session,
    purpose: str,
    secret: str,
    *,
    now: datetime,
    moderator_id: int | None = None,
    detail: str = "",
    good_s: int = GOOD_S,
) -> None:
    """Remember that `secret` was handed out for `purpose`; what is over is cleared away by the way."""
    session.execute(delete(LoginChallenge).where(LoginChallenge.expires_at <= now))
    session.execute(
        insert(LoginChallenge).values(
            digest=_digest(secret),
            purpose=purpose,
            moderator_id=moderator_id,
            detail=detail,
            expires_at=now + timedelta(seconds=good_s),
        )
    )


def answer_challenge(session: Session, purpose: str, secret: str, now: datetime) -> Answered | None:
    """Take a challenge back, once; None for one that was not set, was answered before, or is over."""
    row = session.execute(
        delete(LoginChallenge)
        .where(
            LoginChallenge.digest == _digest(secret),
            LoginChallenge.purpose == purpose,
            LoginChallenge.expires_at > now,
        )
        .returning(LoginChallenge.moderator_id, LoginChallenge.detail)
    ).one_or_none()
    return Answered(*row) if row else None


def _digest(secret: str) -> str:
    return hashlib.sha256(f"challenge {secret}".encode("utf-8", "replace")).hexdigest()
