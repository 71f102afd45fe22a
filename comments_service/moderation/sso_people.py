"""Whose account a person of the identity provider opens: the one that is theirs already, or the one of their login.

The first login binds the account to the provider's name for the person (`sub`), which is never given to somebody else,
as an address may be. Only a digest of it is stored.
"""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from comments_service.moderation.moderators import LoginTaken, OddLogin, check_login, credentials, person_name
from comments_service.moderation.passwords import hash_password
from comments_service.storage.tables import Moderator


class NotKnown(Exception):
    """Nobody here is this person, or not any more."""

    def __init__(self) -> None:
        super().__init__("You are not known here by this account. Ask an owner of this desk to add or invite you.")


def person_of(
    session: Session, issuer: str, claims: Mapping[str, Any], *, claim: str, new_role: str, now: datetime
) -> int:
    """The account of the person of whom the provider says `claims`; its id.

    `claim` names what is their login here. Whoever has no account gets one of `new_role`, on all sites, unless that is
    empty. Raises NotKnown.
    """
    digest = hashlib.sha256(f"{issuer}\n{claims['sub']}".encode("utf-8", "replace")).hexdigest()
    bound = session.execute(select(Moderator.id, Moderator.disabled).where(Moderator.sso_digest == digest)).first()
    if bound is not None:
        if bound.disabled:
            raise NotKnown
        return int(bound.id)
    login = _login(claims, claim)
    known = credentials(session, login)
    if known is not None:
        return _bound(session, known.id, digest)
    if not new_role:
        raise NotKnown
    return _added(session, login, claims, digest, new_role, now)


def _login(claims: Mapping[str, Any], claim: str) -> str:
    found = claims.get(claim)
    # An address that nobody has checked is one that anybody can type at the provider.
    unchecked = claim == "email" and claims.get("email_verified") not in {True, "true"}
    if not isinstance(found, str) or not found.strip() or unchecked:
        raise NotKnown
    return found


def _bound(session: Session, moderator_id: int, digest: str) -> int:
    """Bind an account that belongs to nobody at the provider yet."""
    taken = session.scalar(
        update(Moderator)
        .where(Moderator.id == moderator_id, Moderator.sso_digest.is_(None), ~Moderator.disabled)
        .values(sso_digest=digest)
        .returning(Moderator.id)
    )
    if taken is None:
        raise NotKnown
    return moderator_id


def _added(session: Session, login: str, claims: Mapping[str, Any], digest: str, role: str, now: datetime) -> int:
    try:
        folded = check_login(session, login)
    except (OddLogin, LoginTaken):
        raise NotKnown from None
    name = claims.get("name")
    person = Moderator(
        login=folded,
        name=(person_name(name) if isinstance(name, str) else "") or folded,
        # Nobody knows it: this person comes from the provider, until an owner gives them a first password.
        password_hash=hash_password(secrets.token_urlsafe(32)),
        role=role,
        must_change=False,
        disabled=False,
        sso_digest=digest,
        created_at=now,
    )
    session.add(person)
    session.flush()
    return person.id
