"""Passkeys (WebAuthn Level 3): registered, listed, removed, and checked at the login.

The service's own address decides which site a passkey is for, never a request. Checking signatures is the business of
the library `webauthn`; that a challenge is answered once is that of `challenges`.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from typing import Any, TypeVar
from urllib.parse import urlsplit

import webauthn
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from comments_service.moderation.challenges import answer_challenge, set_challenge
from comments_service.moderation.moderators import Profile, person_name
from comments_service.moderation.second_factor import drop_needless_codes
from comments_service.storage.tables import Moderator, Passkey

MOST = 20  # of one person
NEW, LOGIN, STEP = "passkey-new", "passkey-login", "passkey-step"  # what a challenge was set for
_LONGEST = 20_000  # characters of an answer; a signature over a few hundred bytes needs two thousand
Checked = TypeVar("Checked")


class PasskeyError(ValueError):
    """A passkey's answer that is not taken. Why is nobody's business but ours: it may be an attack."""

    def __init__(self) -> None:
        super().__init__("That passkey could not be used. Try again, or log in another way.")


@dataclass(frozen=True, slots=True)
class Place:
    """The site that passkeys are for: its id (a host name) and its origin, from the service's public address."""

    id: str
    origin: str

    @classmethod
    def of(cls, public_url: str) -> "Place":
        parts = urlsplit(public_url)
        return cls(parts.hostname or "", f"{parts.scheme}://{parts.netloc}".lower())

    @property
    def works(self) -> bool:
        """Whether browsers offer passkeys there: a name, by https or on this machine."""
        try:
            ip_address(self.id)
        except ValueError:
            return self.origin.startswith("https://") or self.id == "localhost"
        return False


@dataclass(frozen=True, slots=True)
class Claim:
    """An answer whose challenge was taken back and is worth nothing any more; the answer itself is still unchecked.

    `moderator_id` is whom the challenge was set for, None for anybody.
    """

    challenge: bytes
    credential: dict[str, Any]
    moderator_id: int | None


@dataclass(frozen=True, slots=True)
class PasskeyRow:
    """A passkey as its owner sees it."""

    id: int
    name: str
    created_at: datetime
    used_at: datetime | None


def list_passkeys(session: Session, moderator_id: int) -> list[PasskeyRow]:
    """A moderator's passkeys, the first made first."""
    rows = session.scalars(select(Passkey).where(Passkey.moderator_id == moderator_id).order_by(Passkey.id))
    return [PasskeyRow(row.id, row.name, row.created_at, row.used_at) for row in rows]


def begin_registration(session: Session, place: Place, key: bytes, person: Profile, now: datetime) -> str:
    """What the browser needs to make a passkey for `person`, as JSON. `key` makes the handle that names nobody."""
    challenge = secrets.token_bytes(32)
    set_challenge(session, NEW, bytes_to_base64url(challenge), moderator_id=person.id, now=now)
    options = webauthn.generate_registration_options(
        rp_id=place.id,
        rp_name="Comments",
        user_id=_handle(key, person.id),
        user_name=person.login,
        user_display_name=person.name,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=_descriptors(session, person.id),
    )
    return webauthn.options_to_json(options)


def take_answer(session: Session, purpose: str, answer: str, now: datetime) -> Claim:
    """Take back the challenge that `answer` answers. Commit before checking on: it is used up, whatever comes of it.

    Raises PasskeyError.
    """
    challenge, credential = _parsed(answer)
    known = answer_challenge(session, purpose, challenge, now)
    if known is None:
        raise PasskeyError
    return Claim(_checked(lambda: base64url_to_bytes(challenge)), credential, known.moderator_id)


def finish_registration(
    session: Session, place: Place, moderator_id: int, claim: Claim, *, name: str, now: datetime
) -> None:
    """Keep the passkey that a browser made. Raises PasskeyError."""
    if claim.moderator_id != moderator_id or len(list_passkeys(session, moderator_id)) >= MOST:
        raise PasskeyError
    made = _checked(
        lambda: webauthn.verify_registration_response(
            credential=claim.credential,
            expected_challenge=claim.challenge,
            expected_rp_id=place.id,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    )
    if session.scalar(select(Passkey.id).where(Passkey.credential_digest == _digest(made.credential_id))):
        raise PasskeyError
    session.execute(
        insert(Passkey).values(
            moderator_id=moderator_id,
            credential=made.credential_id,
            credential_digest=_digest(made.credential_id),
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
            name=person_name(name) or "Passkey",
            created_at=now,
        )
    )


def begin_login(session: Session, place: Place, now: datetime, *, moderator_id: int | None = None) -> str:
    """What the browser needs to answer with a passkey, as JSON.

    Without `moderator_id` any passkey of this site will do, and tells who it is; with it only theirs, as second step.
    """
    challenge = secrets.token_bytes(32)
    purpose = LOGIN if moderator_id is None else STEP
    set_challenge(session, purpose, bytes_to_base64url(challenge), moderator_id=moderator_id, now=now)
    verification = UserVerificationRequirement.REQUIRED if moderator_id is None else None
    options = webauthn.generate_authentication_options(
        rp_id=place.id,
        challenge=challenge,
        allow_credentials=None if moderator_id is None else _descriptors(session, moderator_id),
        user_verification=verification or UserVerificationRequirement.PREFERRED,
    )
    return webauthn.options_to_json(options)


def finish_login(
    session: Session, place: Place, key: bytes, claim: Claim, now: datetime, *, moderator_id: int | None = None
) -> int:
    """Whose passkey answered: as the only step with the person verified, or as the second of `moderator_id`.

    Raises PasskeyError.
    """
    passkey = _found(session, claim.credential)
    if claim.moderator_id != moderator_id or passkey is None:
        raise PasskeyError
    if moderator_id not in {None, passkey.moderator_id} or not _names(key, passkey.moderator_id, claim.credential):
        raise PasskeyError
    verified = _checked(
        lambda: webauthn.verify_authentication_response(
            credential=claim.credential,
            expected_challenge=claim.challenge,
            expected_rp_id=place.id,
            expected_origin=place.origin,
            credential_public_key=passkey.public_key,
            # A counter that does not grow means a copy: the library refuses it.
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=moderator_id is None,
        )
    )
    counted: Any = session.execute(
        update(Passkey)
        .where(Passkey.id == passkey.id, Passkey.sign_count == passkey.sign_count)
        .values(sign_count=verified.new_sign_count, used_at=now)
        .execution_options(synchronize_session=False)
    )
    if counted.rowcount != 1:
        raise PasskeyError
    return passkey.moderator_id


def remove_passkey(session: Session, moderator_id: int, passkey_id: int) -> None:
    """Forget one of a moderator's passkeys; one that is not there changes nothing."""
    session.execute(delete(Passkey).where(Passkey.id == passkey_id, Passkey.moderator_id == moderator_id))
    drop_needless_codes(session, moderator_id)


def _parsed(answer: str) -> tuple[str, dict[str, Any]]:
    """The challenge that an answer says it answers, and the answer."""
    try:
        if len(answer) > _LONGEST:
            raise PasskeyError
        credential = json.loads(answer)
        client_data = json.loads(base64url_to_bytes(credential["response"]["clientDataJSON"]))
        return str(client_data["challenge"]), credential
    except (ValueError, KeyError, TypeError, RecursionError):
        raise PasskeyError from None


def _found(session: Session, credential: dict[str, Any]) -> Passkey | None:
    """The stored passkey, of somebody who may log in."""
    raw = _checked(lambda: base64url_to_bytes(credential["rawId"]))
    return session.scalar(
        select(Passkey)
        .join(Moderator, Moderator.id == Passkey.moderator_id)
        .where(Passkey.credential_digest == _digest(raw), ~Moderator.disabled)
    )


def _names(key: bytes, moderator_id: int, credential: dict[str, Any]) -> bool:
    """Whether the authenticator, where it says whose passkey this is, says the same as we do."""
    said = credential["response"].get("userHandle")
    if not said:
        return True
    return hmac.compare_digest(_checked(lambda: base64url_to_bytes(said)), _handle(key, moderator_id))


def _checked(check: Callable[[], Checked]) -> Checked:
    """The result of a check; whatever parsers of CBOR and ASN.1 say to a stranger's bytes, it is no passkey."""
    try:
        return check()
    except Exception:
        raise PasskeyError from None


def _descriptors(session: Session, moderator_id: int) -> list[PublicKeyCredentialDescriptor]:
    credentials = session.scalars(select(Passkey.credential).where(Passkey.moderator_id == moderator_id))
    return [PublicKeyCredentialDescriptor(id=credential) for credential in credentials]


def _handle(key: bytes, moderator_id: int) -> bytes:
    return hmac.new(key, f"passkeys of {moderator_id}".encode(), hashlib.sha256).digest()


def _digest(credential_id: bytes) -> str:
    return hashlib.sha256(credential_id).hexdigest()
