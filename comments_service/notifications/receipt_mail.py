"""The receipt for a notice of illegal content: promised with the notice, at once (Article 16(4))."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from comments_service.content.translations import said
from comments_service.notifications.compose import Mail
from comments_service.notifications.means import Means
from comments_service.notifications.titles import title_of
from comments_service.notifications.to_reader import addressed
from comments_service.notifications.waiting_mail import MAIL
from comments_service.outbox.enqueue import enqueue
from comments_service.settings import Settings
from comments_service.storage.tables import Comment, Notice, Site, Thread

RECEIPT = "receipt"

# Anybody can type anybody's address: beyond these, notices count as before and nobody gets a mail.
MOST_A_DAY = 5  # receipts to one address
MOST_AN_HOUR = 200  # receipts of the whole installation


def promise_receipt(session: Session, settings: Settings, reference: str, now: datetime) -> None:
    """Promise the receipt, once. Does nothing where no mail is set up."""
    if settings.sends_mail:
        enqueue(session, MAIL, f"{RECEIPT}:{reference}", {"what": RECEIPT, "reference": reference}, now)


def build_receipt(session: Session, payload: dict[str, Any], means: Means, key: str) -> EmailMessage | None:
    """The promised mail. None: the address is forgotten, or has had its share. Raises UnfitForMail."""
    row = session.execute(
        select(Notice, Thread, Site.name)
        .join(Comment, Comment.id == Notice.comment_id)
        .join(Thread, Thread.id == Comment.thread_id)
        .join(Site, Site.id == Comment.site_id)
        .where(Notice.reference == payload["reference"])
    ).one_or_none()
    if row is None or row.Notice.sealed is None or had_its_share(session, row.Notice):
        return None
    language = row.Notice.language
    mail = Mail(
        subject=said(language, "mail", "notice_subject", reference=row.Notice.reference),
        paragraphs=(said(language, "mail", "notice_text", title=title_of(row.Thread, row.name)),),
        language=language,
    )
    return addressed(mail, row.Notice.sealed, means, key)


def had_its_share(session: Session, notice: Notice) -> bool:
    """Whether the notice's address, or the installation, has had so many that this notice gets no mail.

    Counted from the notices before this one, so that whoever asks again finds the same.
    """
    before = select(func.count()).where(Notice.id < notice.id)
    by_address = before.where(
        Notice.notifier == notice.notifier, Notice.created_at > notice.created_at - timedelta(days=1)
    )
    by_all = before.where(Notice.created_at > notice.created_at - timedelta(hours=1))
    return (session.scalar(by_address) or 0) >= MOST_A_DAY or (session.scalar(by_all) or 0) >= MOST_AN_HOUR
