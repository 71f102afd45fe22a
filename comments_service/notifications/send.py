"""The worker's handler for the outbox's mails: build, hand over to the mail server, settle the row.

A mail is sent at most once. The row is marked before the server is spoken to; if the worker ends in between, nobody
knows whether the mail went out, and it is not sent again. What is known to have failed is tried again.
"""

from collections.abc import Callable, Sequence
from email.message import EmailMessage
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from comments_service.notifications.author_mail import OBJECTION, VERDICT, build_objection, build_verdict
from comments_service.notifications.compose import UnfitForMail
from comments_service.notifications.confirm_mail import CONFIRM, build_confirm
from comments_service.notifications.decision_mail import DECISION, build_decision
from comments_service.notifications.deliver import TIMEOUT_S, DeliveryFailed, deliver
from comments_service.notifications.desk_digest import build_digest
from comments_service.notifications.desk_mail import build_one
from comments_service.notifications.desk_promises import DIGEST, ONE
from comments_service.notifications.ended import forget_follow
from comments_service.notifications.mail_choice import ADDRESS, build_address
from comments_service.notifications.mail_log import had_its_day, note_try
from comments_service.notifications.means import Means
from comments_service.notifications.news_mail import NEWS, build_news
from comments_service.notifications.receipt_mail import RECEIPT, build_receipt
from comments_service.notifications.waiting_mail import WAITING, build_waiting
from comments_service.notifications.wave_mail import WAVE, build_wave
from comments_service.outbox.backoff import PATIENT_TRIES
from comments_service.outbox.claim import Claimed, fail, finish
from comments_service.outbox.errors import summary
from comments_service.storage.tables import OutboxRow

_MARK = "handed_over"


# Who builds which mail; a payload's "what" names it. None: there is nothing to send any more.
_BUILDERS: dict[str, Callable[[Session, dict[str, Any], Means, str], EmailMessage | None]] = {
    WAITING: build_waiting,
    ADDRESS: build_address,
    ONE: build_one,
    DIGEST: build_digest,
    RECEIPT: build_receipt,
    DECISION: build_decision,
    VERDICT: build_verdict,
    OBJECTION: build_objection,
    CONFIRM: build_confirm,
    NEWS: build_news,
    WAVE: build_wave,
}

# Anybody can type anything as an address here; moderators' are settings, and a mistake there is somebody's to mend.
_TO_READERS = (RECEIPT, DECISION, VERDICT, OBJECTION, CONFIRM, NEWS)

# What the law asks to be sent (receipts, decisions) has bounds of its own and is not held back by this one.
_CAPPED = (CONFIRM, NEWS)


def send_mails(means: Means, rows: Sequence[Claimed]) -> None:
    """Send what `rows` promise and finish them. Raises DeliveryFailed for what may be tried again.

    Meant for one row at a time (`batch=1`): a slow mail server must not hold up what has been sent already.
    """
    for row in rows:
        if row.payload.get(_MARK):
            # A worker ended while it spoke to the server: nobody knows whether the mail went out.
            _settle(means, row, None, "unknown")
        else:
            _send(means, row)


def _send(means: Means, row: Claimed) -> None:
    message = None
    try:
        message = _built(means, row)
        if message is None:
            _settle(means, row, None, "nothing")
        elif _is_too_much(means, row, message):
            _settle(means, row, message, "capped")
        elif _handed_over(means, row, message):
            _settle(means, row, message, "taken")
    except UnfitForMail as error:
        _park(means, row, message, error)
    except DeliveryFailed as error:
        if not error.for_good:
            _note(means, row, message, "later" if row.tries < PATIENT_TRIES else "parked", error)
            raise
        if error.no_mailbox and row.payload["what"] in _TO_READERS:
            _give_up(means, row, message, error)
        else:
            _park(means, row, message, error)


def _is_too_much(means: Means, row: Claimed, message: EmailMessage) -> bool:
    if row.payload["what"] not in _CAPPED:
        return False
    with means.reading() as session:
        return had_its_day(session, means.vault, str(message["To"]), means.clock())


def _built(means: Means, row: Claimed) -> EmailMessage | None:
    build = _BUILDERS.get(row.payload["what"])
    if build is None:
        raise UnfitForMail(f"this release does not know mails of the kind {row.payload['what']!r}: upgrade the worker")
    with means.reading() as session:
        return build(session, row.payload, means, row.key)


def _handed_over(means: Means, row: Claimed, message: EmailMessage) -> bool:
    """Mark the row, then give the mail to the server. False: another worker has the row by now."""
    if not _mark(means, row, handed_over=True):
        return False
    try:
        # Within the time that a task may run, or the worker is ended in the middle of the talk.
        deliver(message, means.settings.smtp_url, timeout_s=min(TIMEOUT_S, 0.4 * means.settings.task_limit_s))
    except DeliveryFailed:
        _mark(means, row, handed_over=False)
        raise
    return True


def _mark(means: Means, row: Claimed, *, handed_over: bool) -> bool:
    payload = {**row.payload, _MARK: True} if handed_over else row.payload
    with means.transaction() as session:
        result: Any = session.execute(
            update(OutboxRow)
            .where(OutboxRow.id == row.id, OutboxRow.lease_token == row.token)
            .values(payload=payload)
            .execution_options(synchronize_session=False)
        )
        return bool(result.rowcount == 1)


def _settle(means: Means, row: Claimed, message: EmailMessage | None, outcome: str) -> None:
    with means.transaction() as session:
        note_try(session, means, row, message, outcome)
        finish(session, row.id, row.token)


def _note(means: Means, row: Claimed, message: EmailMessage | None, outcome: str, error: Exception) -> None:
    with means.transaction() as session:
        note_try(session, means, row, message, outcome, error)


def _give_up(means: Means, row: Claimed, message: EmailMessage | None, error: Exception) -> None:
    """A reader mistyped the address, or has it no more. That is nobody's fault here, so no person need look at it."""
    with means.transaction() as session:
        note_try(session, means, row, message, "refused", error)
        forget_follow(session, row.payload.get("follow", ""))
        finish(session, row.id, row.token)


def _park(means: Means, row: Claimed, message: EmailMessage | None, error: Exception) -> None:
    """Trying again would end the same way, so a person is shown it at once."""
    with means.transaction() as session:
        note_try(session, means, row, message, "parked", error)
        fail(session, row.id, row.token, summary(error), max_tries=row.tries, retry_s=0)
