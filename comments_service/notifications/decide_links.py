"""Links by which a moderator acts from a mail: decide about one comment, confirm the own address, end the mails.

A token is signed and holds nothing about a person. Following a link changes nothing: mail scanners open them all; the
page behind it asks for a click. Former secrets do not count here, other than for readers' links: whoever changes the
secret because it leaked must not leave the right to decide behind.
"""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from comments_service.notifications.means import Means
from comments_service.privacy.addresses import AddressVault
from comments_service.privacy.keys import Keys
from comments_service.privacy.tokens import TokenError, check, sign
from comments_service.storage.tables import DecideLink, Decision
from comments_service.storage.upsert import insert_new

ACTIONS = ("approve", "reject", "spam", "delete")
GOOD_FOR = timedelta(days=7)
_STOP_FOR = timedelta(days=800)  # whoever keeps an old mail must still be able to say "no more"

Verdict = Literal["good", "expired", "forged"]
AddressAct = Literal["confirm", "stop"]


def new_link(
    session: Session, *, moderator_id: int, comment_id: int, revision: int, cause: str, now: datetime
) -> str | None:
    """Give the moderator the right to decide about this revision; its public id. None where they were told before."""
    public_id = secrets.token_urlsafe(12)
    values = {
        "public_id": public_id,
        "moderator_id": moderator_id,
        "comment_id": comment_id,
        "revision": revision,
        "cause": cause,
        "after": latest_decision(session, comment_id),
        "created_at": now,
        "expires_at": now + GOOD_FOR,
    }
    made = insert_new(session, DecideLink, values, ["moderator_id", "comment_id", "revision", "cause"])
    return None if made is None else public_id


def latest_decision(session: Session, comment_id: int) -> int:
    """The id of the latest decision about a comment, 0 where there is none."""
    return session.scalar(select(func.max(Decision.id)).where(Decision.comment_id == comment_id)) or 0


def decide_url(means: Means, link_id: str, action: str) -> str:
    """Where a moderator carries out one of ACTIONS on the comment of this link."""
    token = sign(means.keys.session, f"by-mail-{action}", link_id, means.clock().timestamp())
    return f"{means.settings.public_url}/moderation/by-mail/{link_id}/{action}?token={token}"


def decide_token(keys: Keys, link_id: str, action: str, token: str, now: datetime) -> Verdict:
    """What `token` is worth for this link and action."""
    return _verdict(keys, f"by-mail-{action}", link_id, token, now, GOOD_FOR)


def address_url(means: Means, moderator_id: int, address: str, act: AddressAct) -> str:
    """Where a moderator confirms the own address, or ends all mails to it."""
    token = sign(means.keys.session, _purpose(act), _subject(means.vault, moderator_id, address), _seconds(means.clock))
    path = f"moderation/by-mail/address/{moderator_id}" if act == "confirm" else f"mail/stop/{moderator_id}"
    return f"{means.settings.public_url}/{path}?token={token}"


def address_token(
    keys: Keys, vault: AddressVault, moderator_id: int, address: str, act: AddressAct, token: str, now: datetime
) -> Verdict:
    """What `token` is worth for this moderator's address."""
    longest = GOOD_FOR if act == "confirm" else _STOP_FOR
    return _verdict(keys, _purpose(act), _subject(vault, moderator_id, address), token, now, longest)


def _purpose(act: AddressAct) -> str:
    return f"moderator-mail-{act}"


def _subject(vault: AddressVault, moderator_id: int, address: str) -> str:
    """Bound to the address as well: a link that went to a former one is worth nothing."""
    return f"{moderator_id}:{vault.blind_index(address)}"


def _seconds(clock: Callable[[], datetime]) -> float:
    return clock().timestamp()


def _verdict(keys: Keys, purpose: str, subject: str, token: str, now: datetime, longest: timedelta) -> Verdict:
    try:
        check(keys.session, purpose, token, subject, now.timestamp(), 0.0, longest.total_seconds())
    except TokenError as error:
        return "expired" if error.code == "expired" else "forged"
    return "good"
