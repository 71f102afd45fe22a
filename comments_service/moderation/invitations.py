"""Invitations: a link with which one person makes an account of a given role. Only the link's digest is stored.

Looking at a link changes nothing; taking it up does, once.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from comments_service.moderation.moderators import check_login, check_role, person_name
from comments_service.moderation.passwords import check_new_password, hash_password
from comments_service.storage.tables import Invitation, Moderator, Site

GOOD_DAYS = 7
NoGood = Literal["unknown", "used", "expired"]


class InvitationError(ValueError):
    """A link that opens nothing (any more); `why` says which kind."""

    def __init__(self, why: NoGood) -> None:
        super().__init__(f"This invitation is {why}.")
        self.why: NoGood = why


@dataclass(frozen=True, slots=True)
class Offer:
    """What an invitation offers. `site` is the name of the only site, None for all."""

    id: int
    role: str
    site: str | None
    expires_at: datetime


def invite(
    session: Session, *, role: str, site_id: int | None, invited_by: int | None, now: datetime, days: int = GOOD_DAYS
) -> str:
    """A new invitation; returns the secret of its link, which exists nowhere else. `invited_by` None: an operator."""
    check_role(role)
    secret = secrets.token_urlsafe(32)
    session.execute(
        insert(Invitation).values(
            digest=_digest(secret),
            role=role,
            site_id=site_id,
            invited_by=invited_by,
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
    )
    return secret


def look_at(session: Session, secret: str, now: datetime) -> Offer:
    """What the link offers. Raises InvitationError."""
    row = session.execute(
        select(Invitation, Site.name)
        .outerjoin(Site, Site.id == Invitation.site_id)
        .where(Invitation.digest == _digest(secret))
    ).first()
    if row is None:
        raise InvitationError("unknown")
    found, site = row
    if found.used_at is not None:
        raise InvitationError("used")
    if found.expires_at <= now or not _still_meant(session, found):
        raise InvitationError("expired")
    return Offer(found.id, found.role, site, found.expires_at)


def take_up(session: Session, secret: str, *, login: str, name: str, password: str, now: datetime) -> int:
    """Make the account with what the invited person chose; its id.

    Raises InvitationError, ModeratorError or WeakPassword; then nothing may be committed.
    """
    offer = look_at(session, secret, now)
    folded = check_login(session, login)
    check_new_password(password, folded)
    # Of two people with one link, the database lets one through.
    used: Any = session.execute(
        update(Invitation).where(Invitation.id == offer.id, Invitation.used_at.is_(None)).values(used_at=now)
    )
    if used.rowcount != 1:
        raise InvitationError("used")
    person = Moderator(
        login=folded,
        name=person_name(name) or folded,
        password_hash=hash_password(password),
        role=offer.role,
        site_id=session.scalar(select(Invitation.site_id).where(Invitation.id == offer.id)),
        must_change=False,
        disabled=False,
        created_at=now,
    )
    session.add(person)
    session.flush()
    return person.id


def open_invitations(session: Session, bound_to: int | None, now: datetime) -> list[Offer]:
    """Links that are still good, of one site or (None) all, the last made first."""
    statement = (
        select(Invitation.id, Invitation.role, Site.name, Invitation.expires_at)
        .outerjoin(Site, Site.id == Invitation.site_id)
        .where(Invitation.used_at.is_(None), Invitation.expires_at > now)
        .order_by(Invitation.id.desc())
    )
    if bound_to is not None:
        statement = statement.where(Invitation.site_id == bound_to)
    return [Offer(*row) for row in session.execute(statement)]


def withdraw(session: Session, invitation_id: int, bound_to: int | None) -> None:
    """End an unused link; one that is not there, or another site's, changes nothing."""
    statement = delete(Invitation).where(Invitation.id == invitation_id, Invitation.used_at.is_(None))
    session.execute(statement if bound_to is None else statement.where(Invitation.site_id == bound_to))


def _still_meant(session: Session, invitation: Invitation) -> bool:
    """Nobody gives by an old link what they might not give today."""
    if invitation.invited_by is None:
        return True
    inviter = session.get(Moderator, invitation.invited_by)
    if inviter is None or inviter.disabled or inviter.role != "owner":
        return False
    return inviter.site_id in {None, invitation.site_id}


def _digest(secret: str) -> str:
    return hashlib.sha256(f"invitation {secret}".encode("utf-8", "replace")).hexdigest()
