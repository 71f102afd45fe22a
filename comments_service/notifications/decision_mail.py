"""The mail that tells a notifier what was decided about a notice of illegal content, and why (Article 16(5)).

Promised with the decision and sent a while later. One mail a notice and decision, and none for what was taken back.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from comments_service.content.translations import said, texts_for
from comments_service.notifications.compose import Mail
from comments_service.notifications.means import Means
from comments_service.notifications.receipt_mail import had_its_share
from comments_service.notifications.titles import title_of
from comments_service.notifications.to_reader import addressed
from comments_service.notifications.waiting_mail import MAIL
from comments_service.outbox.enqueue import enqueue
from comments_service.storage.tables import Comment, Decision, Notice, Site, Thread

DECISION = "decision"

# The desk offers to undo for thirty seconds, and a slip is often noticed a little later: a mail cannot be undone.
WAIT = timedelta(minutes=10)


def promise_decision_mails(session: Session, references: Sequence[str], decision_id: int, now: datetime) -> None:
    """Promise the mails about a decision that settled these notices; each once."""
    for reference in references:
        payload = {"what": DECISION, "reference": reference, "decision": decision_id}
        enqueue(session, MAIL, f"{DECISION}:{reference}:{decision_id}", payload, now, due_at=now + WAIT)


def build_decision(session: Session, payload: dict[str, Any], means: Means, key: str) -> EmailMessage | None:
    """The promised mail. None: the decision was taken back, the address is forgotten, or has had its share of mails.

    Raises UnfitForMail.
    """
    row = session.execute(
        select(Notice, Decision, Thread, Site.name)
        # What a decision settled bears its moment; a notice that was opened again does not.
        .join(Decision, and_(Decision.comment_id == Notice.comment_id, Decision.created_at == Notice.settled_at))
        .join(Comment, Comment.id == Notice.comment_id)
        .join(Thread, Thread.id == Comment.thread_id)
        .join(Site, Site.id == Comment.site_id)
        .where(
            Notice.reference == payload["reference"],
            Decision.id == payload["decision"],
            Decision.id.not_in(_undone()),
        )
    ).one_or_none()
    if not means.settings.sends_mail or row is None or row.Notice.sealed is None or had_its_share(session, row.Notice):
        return None
    language, reference = row.Notice.language, row.Notice.reference
    told = _what_holds(session, row.Decision)
    mail = Mail(
        subject=said(language, "mail", "decision_subject", reference=reference),
        paragraphs=_paragraphs(told, language, title=title_of(row.Thread, row.name), reference=reference),
        language=language,
    )
    return addressed(mail, row.Notice.sealed, means, key)


def _what_holds(session: Session, decision: Decision) -> Decision:
    """The decision, or what a moderator has decided instead since: the mail must be true when it is read."""
    statement = select(Decision).where(
        Decision.comment_id == decision.comment_id,
        Decision.id > decision.id,
        Decision.actor == "moderator",
        Decision.action != "undo",
        Decision.id.not_in(_undone()),
    )
    return session.scalar(statement.order_by(Decision.id.desc()).limit(1)) or decision


def _undone() -> "Select[int | None]":
    return select(Decision.undo_of).where(Decision.undo_of.is_not(None))


def _paragraphs(told: Decision, language: str, *, title: str, reference: str) -> tuple[str, ...]:
    if told.actor != "moderator":
        return (said(language, "mail", "decision_gone", title=title),)
    outcome = "decision_stays" if told.to_status == "approved" else "decision_removed"
    return (
        said(language, "mail", "decision_intro", title=title),
        said(language, "mail", outcome),
        *_reason(told, language),
        said(language, "mail", "decision_object", reference=reference),
    )


def _reason(told: Decision, language: str) -> tuple[str, ...]:
    """The moderator's reason in words, never the note, which is for colleagues. Deleting needs no reason."""
    key = "reason_advertising" if told.action == "spam" else f"reason_{told.reason}"
    return (said(language, "mail", key),) if key in texts_for(language, "mail") else ()
