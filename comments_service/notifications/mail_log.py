"""The log of mails: noted at each try, read by owners, forgotten after a month. Also what one address may get a day."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from comments_service.notifications.deliver import DeliveryFailed
from comments_service.notifications.means import Means
from comments_service.outbox.claim import Claimed
from comments_service.outbox.errors import LONGEST, redacted
from comments_service.privacy.addresses import AddressVault, mask_address
from comments_service.storage.tables import MailTry, OutboxRow
from comments_service.storage.upsert import insert_row

KEPT = timedelta(days=30)
MOST_A_DAY = 50  # mails of all kinds to one reader's address, wherever the wishes for them came from
_PAGE = 50


@dataclass(frozen=True, slots=True)
class LogPage:
    """Tries, newest first; `older` is the number to ask on with, None on the last page."""

    tries: tuple[MailTry, ...]
    older: int | None


def note_try(
    session: Session,
    means: Means,
    row: Claimed,
    message: EmailMessage | None,
    outcome: str,
    error: Exception | None = None,
) -> None:
    """Write down what became of a try to send `row`."""
    recipient = "" if message is None else str(message["To"])
    promised_at = session.scalar(select(OutboxRow.created_at).where(OutboxRow.id == row.id))
    now = means.clock()
    code, answer = _said(error, outcome)
    values = {
        "outbox_id": row.id,
        "what": str(row.payload.get("what", ""))[:32],
        "recipient": mask_address(recipient) if recipient else "",
        "recipient_index": means.vault.blind_index(recipient) if recipient else "",
        "promised_at": promised_at or now,
        "tried_at": now,
        "number": row.tries,
        "outcome": outcome,
        "code": code,
        "answer": answer,
    }
    insert_row(session, MailTry, values)


def had_its_day(session: Session, vault: AddressVault, address: str, now: datetime) -> bool:
    """Whether a reader's address got MOST_A_DAY mails within a day."""
    taken = select(func.count()).where(
        MailTry.recipient_index == vault.blind_index(address),
        MailTry.tried_at > now - timedelta(days=1),
        MailTry.outcome == "taken",
    )
    return (session.scalar(taken) or 0) >= MOST_A_DAY


def read_log(session: Session, *, what: str = "", outcome: str = "", before: int | None = None) -> LogPage:
    """A page of the log: of one kind of mail and one outcome where they are given, older than `before`."""
    statement = select(MailTry).order_by(MailTry.id.desc()).limit(_PAGE + 1)
    if what:
        statement = statement.where(MailTry.what == what)
    if outcome:
        statement = statement.where(MailTry.outcome == outcome)
    if before is not None:
        statement = statement.where(MailTry.id < before)
    found = tuple(session.scalars(statement))
    return LogPage(found[:_PAGE], found[_PAGE - 1].id if len(found) > _PAGE else None)


def forget_old_tries(session: Session, now: datetime) -> int:
    """Forget what is older than a month; how many tries."""
    result: Any = session.execute(
        delete(MailTry).where(MailTry.tried_at <= now - KEPT).execution_options(synchronize_session=False)
    )
    return int(result.rowcount)


def _said(error: Exception | None, outcome: str) -> tuple[int | None, str]:
    if error is None:
        return (250 if outcome == "taken" else None), ""
    code = error.code if isinstance(error, DeliveryFailed) else None
    said = f"{error}: {error.answer}" if isinstance(error, DeliveryFailed) and error.answer else str(error)
    return code, redacted(said)[:LONGEST]
