"""Bearer tokens of programs that do a moderator's work: named, narrowed to scopes, listed, revoked.

A token may do what its moderator may, of that what its scopes name. Each route of the API declares its scope.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from comments_service.moderation.moderator_sessions import ALL_SCOPES, BEARER, issue_token
from comments_service.moderation.moderators import person_name
from comments_service.storage.tables import ModeratorSession

SCOPES = ("queue:read", "decide", "rules", "export")
LONGEST_DAYS = 3650


class TokenError(ValueError):
    """A token that can't be made as asked; `field` is what is wrong."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token as lists show it. `scopes` is empty where it is good for everything."""

    id: int
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    used_at: datetime | None
    expires_at: datetime


def make_token(session: Session, moderator_id: int, *, name: str, scopes: list[str], days: int, now: datetime) -> str:
    """A token of this moderator for the `scopes`, or ("*") for everything: show it once. Raises TokenError."""
    if not person_name(name):
        raise TokenError("name", "Say which program the token is for, like 'newsletter'.")
    if not scopes or not set(scopes) <= {*SCOPES, ALL_SCOPES}:
        raise TokenError("scopes", f"Choose what the token is good for: {', '.join(SCOPES)}.")
    if not 1 <= days <= LONGEST_DAYS:
        raise TokenError("days", f"A token is good for 1 to {LONGEST_DAYS} days.")
    kept = ALL_SCOPES if ALL_SCOPES in scopes else " ".join(scope for scope in SCOPES if scope in scopes)
    return issue_token(session, moderator_id, now=now, days=days, name=person_name(name), scopes=kept)


def list_tokens(session: Session, moderator_id: int, now: datetime) -> list[TokenRow]:
    """A moderator's tokens that still hold, the last made first."""
    rows = session.scalars(
        select(ModeratorSession)
        .where(
            ModeratorSession.moderator_id == moderator_id,
            ModeratorSession.kind == BEARER,
            ModeratorSession.expires_at > now,
        )
        .order_by(ModeratorSession.id.desc())
    )
    return [_row(found) for found in rows]


def revoke_token(session: Session, moderator_id: int, token_id: int) -> bool:
    """End a token at once; False where this moderator has none of that number."""
    found = session.scalar(
        delete(ModeratorSession)
        .where(
            ModeratorSession.id == token_id,
            ModeratorSession.moderator_id == moderator_id,
            ModeratorSession.kind == BEARER,
        )
        .returning(ModeratorSession.id)
    )
    return found is not None


def _row(found: ModeratorSession) -> TokenRow:
    return TokenRow(
        id=found.id,
        name=found.name,
        scopes=() if found.scopes == ALL_SCOPES else tuple(found.scopes.split()),
        created_at=found.created_at,
        used_at=found.seen_at if found.seen_at > found.created_at else None,
        expires_at=found.expires_at,
    )
