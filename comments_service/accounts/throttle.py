"""Slows down guessing at the login: a few free tries, then a growing wait. Nobody is ever locked out for good.

Tries are kept under keyed digests, so the table names neither accounts nor addresses.
"""

import hashlib
import hmac
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from comments_service.storage.tables import LoginFailure

_MEMORY = timedelta(hours=1)


@dataclass(frozen=True)
class Allowance:
    """After `free` failed tries in an hour each next one waits, doubling from 2 s up to `longest_s` seconds."""

    subject: str
    free: int
    longest_s: int


# The last row bounds guessing from many places, with a short wait: else anybody could keep a moderator out.
ALLOWANCES = (
    Allowance("account and source", free=5, longest_s=900),
    Allowance("source", free=30, longest_s=900),
    Allowance("account", free=100, longest_s=20),
)
# Whoever tries codes knows the password already, and a code has six digits: here many places wait as one does.
CODE_ALLOWANCES = (
    Allowance("account and source", free=5, longest_s=900),
    Allowance("source", free=30, longest_s=900),
    Allowance("account", free=20, longest_s=900),
)


class TooManyTries(Exception):
    """The next try is allowed in `retry_after` seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"Too many tries. Wait {retry_after} seconds, then try again.")
        self.retry_after = retry_after


def admit_try(
    session: Session,
    key: bytes,
    *,
    login: str,
    source: str,
    now: datetime,
    allowances: tuple[Allowance, ...] = ALLOWANCES,
) -> None:
    """Count a try as failed before the password is looked at, so that tries at once can't outrun the count.

    `source` is the network the try comes from. Raises TooManyTries; a try refused that way is not counted.
    """
    digests = _digests(key, login, source)
    waits = [_wait_s(session, allowance, digests[allowance.subject], now) for allowance in allowances]
    if max(waits) > 0:
        raise TooManyTries(max(1, math.ceil(max(waits))))
    session.execute(delete(LoginFailure).where(LoginFailure.created_at < now - _MEMORY))
    session.execute(
        insert(LoginFailure), [{"subject_digest": digest, "created_at": now} for digest in digests.values()]
    )


def forgive(session: Session, key: bytes, *, login: str, source: str, now: datetime) -> None:
    """After a successful login: forget this account's tries from this source, and take back this try's own count."""
    digests = _digests(key, login, source)
    session.execute(delete(LoginFailure).where(LoginFailure.subject_digest == digests["account and source"]))
    session.execute(
        delete(LoginFailure).where(
            LoginFailure.subject_digest.in_([digests["source"], digests["account"]]), LoginFailure.created_at == now
        )
    )


def _wait_s(session: Session, allowance: Allowance, digest: str, now: datetime) -> float:
    tries, last = session.execute(
        select(func.count(), func.max(LoginFailure.created_at)).where(
            LoginFailure.subject_digest == digest, LoginFailure.created_at >= now - _MEMORY
        )
    ).one()
    if tries < allowance.free:
        return 0.0
    delay: float = min(2.0 ** min(tries - allowance.free + 1, 20), allowance.longest_s)
    return float(delay - (now - last).total_seconds())


def _digests(key: bytes, login: str, source: str) -> dict[str, str]:
    login = login.strip().casefold()
    subjects = {"account and source": f"{login}\n{source}", "source": f"\n{source}", "account": f"{login}\n"}
    return {name: _digest(key, f"{name}\n{subject}") for name, subject in subjects.items()}


def _digest(key: bytes, subject: str) -> str:
    return hmac.new(key, b"login try " + subject.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
