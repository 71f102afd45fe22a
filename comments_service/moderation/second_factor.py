"""Codes of an authenticator app (TOTP, RFC 6238) and recovery codes: set up, checked once each, cleared.

Who is asked for one, and how often one may try, is the business of `accounts`. Passkeys are in `passkeys`.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyotp
from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from comments_service.moderation.passwords import make_password
from comments_service.privacy.secret_box import SecretBox
from comments_service.storage.tables import Moderator, Passkey, RecoveryCode

RECOVERY_CODES = 10
TOTP, RECOVERY = "totp", "recovery"
_STEP_S = 30
_WINDOW = (0, -1, 1)  # a clock may be off by a step, and typing takes a while


class WrongCode(ValueError):
    """The code does not fit, or was used before: it is not said which."""

    def __init__(self) -> None:
        super().__init__("This code does not fit. Wait for the next one and type it; check the clock of your device.")


@dataclass(frozen=True, slots=True)
class Factors:
    """What a moderator has besides the password."""

    totp: bool
    passkeys: int
    recovery_codes: int

    @property
    def any(self) -> bool:
        return self.totp or self.passkeys > 0


def factors(session: Session, moderator_id: int) -> Factors:
    """Which second factors an account has."""
    row = session.execute(
        select(
            Moderator.totp_sealed.is_not(None),
            select(func.count()).where(Passkey.moderator_id == moderator_id).scalar_subquery(),
            select(func.count()).where(RecoveryCode.moderator_id == moderator_id).scalar_subquery(),
        ).where(Moderator.id == moderator_id)
    ).one_or_none()
    return Factors(*row) if row else Factors(False, 0, 0)


def new_secret() -> str:
    """A secret for an authenticator app: 160 random bits in base 32."""
    return pyotp.random_base32(32)


def enrolment_address(secret: str, login: str, service: str) -> str:
    """The otpauth:// address that a QR code holds."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=service)


def enrol(session: Session, box: SecretBox, moderator_id: int, secret: str, code: str, now: datetime) -> None:
    """Make `secret` this moderator's, once a `code` of it shows that the app has it. Raises WrongCode."""
    step = _fitting_step(secret, code, now, after=None)
    session.execute(
        update(Moderator).where(Moderator.id == moderator_id).values(totp_sealed=box.seal(secret), totp_step=step)
    )


def renew_recovery_codes(session: Session, moderator_id: int) -> list[str]:
    """Ten fresh codes, which exist nowhere else: show them once. Former ones are worth nothing any more."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.moderator_id == moderator_id))
    codes = [make_password() for _ in range(RECOVERY_CODES)]
    session.execute(insert(RecoveryCode), [{"moderator_id": moderator_id, "digest": _digest(code)} for code in codes])
    return codes


def use_code(session: Session, box: SecretBox, moderator_id: int, code: str, now: datetime) -> str:
    """Take a code of the app or a recovery code, each once; which of the two it was. Raises WrongCode, UnknownKey."""
    typed = "".join(code.split())
    if typed.isdecimal() and typed.isascii():
        _use_totp(session, box, moderator_id, typed, now)
        return TOTP
    spent: Any = session.execute(
        delete(RecoveryCode).where(RecoveryCode.moderator_id == moderator_id, RecoveryCode.digest == _digest(typed))
    )
    if spent.rowcount != 1:
        raise WrongCode
    return RECOVERY


def drop_totp(session: Session, moderator_id: int) -> None:
    """Forget the app. Recovery codes go with the last second factor."""
    session.execute(update(Moderator).where(Moderator.id == moderator_id).values(totp_sealed=None, totp_step=None))
    drop_needless_codes(session, moderator_id)


def drop_needless_codes(session: Session, moderator_id: int) -> None:
    """Without any second factor there is nothing to recover."""
    if not factors(session, moderator_id).any:
        session.execute(delete(RecoveryCode).where(RecoveryCode.moderator_id == moderator_id))


def clear_factors(session: Session, moderator_id: int) -> None:
    """Forget app, passkeys and recovery codes: for somebody who has lost them."""
    session.execute(delete(Passkey).where(Passkey.moderator_id == moderator_id))
    drop_totp(session, moderator_id)


def _use_totp(session: Session, box: SecretBox, moderator_id: int, code: str, now: datetime) -> None:
    sealed, last = session.execute(
        select(Moderator.totp_sealed, Moderator.totp_step).where(Moderator.id == moderator_id)
    ).one()
    if sealed is None:
        raise WrongCode
    step = _fitting_step(box.open(sealed), code, now, after=last)
    # Of two requests with the same code at once, the database lets one through.
    taken: Any = session.execute(
        update(Moderator)
        .where(Moderator.id == moderator_id, or_(Moderator.totp_step.is_(None), Moderator.totp_step < step))
        .values(totp_step=step)
    )
    if taken.rowcount != 1:
        raise WrongCode


def _fitting_step(secret: str, code: str, now: datetime, after: int | None) -> int:
    totp, present = pyotp.TOTP(secret), int(now.timestamp()) // _STEP_S
    typed = "".join(code.split()).encode("utf-8", "replace")
    fitting = [
        present + offset
        for offset in _WINDOW
        if hmac.compare_digest(totp.generate_otp(present + offset).encode(), typed)
    ]
    unused = [step for step in fitting if after is None or step > after]
    if not unused:
        raise WrongCode
    return max(unused)


def _digest(code: str) -> str:
    # 79 random bits: a plain hash is enough. Capitals and hyphens are a matter of taste.
    plain = "".join(letter for letter in code.casefold() if letter.isalnum())
    return hashlib.sha256(f"recovery code {plain}".encode("utf-8", "replace")).hexdigest()
