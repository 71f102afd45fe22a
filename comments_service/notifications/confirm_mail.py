"""The mail that asks whether its reader wants to follow comments (double opt-in): who gets one, and what it says.

Anybody can type anybody's address, so a mailbox gets few of these, whoever asks and however often.
"""

from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.orm import Session

from comments_service.content.translations import said
from comments_service.notifications.compose import Link, Mail
from comments_service.notifications.links import act_url
from comments_service.notifications.means import Means
from comments_service.notifications.titles import title_of
from comments_service.notifications.to_reader import addressed
from comments_service.notifications.waiting_mail import MAIL
from comments_service.outbox.enqueue import enqueue
from comments_service.storage.tables import Comment, Follow, Site, Thread

CONFIRM = "confirm"

PAUSE = timedelta(days=1)  # between mails to one address that nobody has confirmed
MOST_UNCONFIRMED = 3  # such mails to one address before the follows vanish that they were about
MOST_AN_HOUR = 200  # of the whole installation; what is beyond waits
_AT_ONCE = 100


def is_wanted(session: Session) -> bool:
    """Whether somebody asked to follow since the last look."""
    return session.scalar(_wanted().limit(1)) is not None


def promise_confirm_mails(session: Session, now: datetime) -> int:
    """Look at every wish to follow, and promise a mail where one may be sent; how many were promised.

    Who asked for replies to a comment is asked once that comment is published.
    """
    recent = select(func.count()).where(Follow.asked_at > now - timedelta(hours=1))
    room, promised = MOST_AN_HOUR - (session.scalar(recent) or 0), 0
    for follow in session.scalars(_wanted().limit(_AT_ONCE)).all():
        if promised >= room:
            break
        promised += _look_at(session, follow, now)
    return promised


def build_confirm(session: Session, payload: dict[str, Any], means: Means, key: str) -> EmailMessage | None:
    """The promised mail; None where there is nothing to confirm any more. Raises UnfitForMail."""
    row = session.execute(
        select(Follow, Site, Thread)
        .join(Site, Site.id == Follow.site_id)
        .outerjoin(Thread, (Thread.site_id == Follow.site_id) & (Thread.url == Follow.url))
        .where(Follow.public_id == payload["follow"], Follow.confirmed_at.is_(None))
    ).one_or_none()
    if row is None:
        return None
    follow, site, thread = row
    language, title = follow.language, title_of(thread, site.name)
    text = "confirm_replies" if follow.reply_to else "confirm_text"
    mail = Mail(
        subject=said(language, "mail", "confirm_subject", title=title),
        paragraphs=(said(language, "mail", text, title=title), said(language, "mail", "confirm_ignore")),
        link=Link(said(language, "mail", "confirm_link"), act_url(means, site.key, follow.public_id, "confirm")),
        language=language,
    )
    return addressed(mail, follow.sealed, means, key)


def _wanted() -> "Select[Follow]":
    return (
        select(Follow)
        .outerjoin(Comment, Comment.public_id == Follow.reply_to)
        .where(Follow.wanted_at.is_not(None), or_(Follow.reply_to == "", Comment.status == "approved"))
        .order_by(Follow.wanted_at, Follow.id)
    )


def _look_at(session: Session, follow: Follow, now: datetime) -> bool:
    """Settle one wish; True where a mail was promised."""
    asks = follow.confirmed_at is None and not _had_its_share(session, follow.blind_index, now)
    changes: dict[str, Any] = {"asked_at": now, "asks": follow.asks + 1} if asks else {}
    # Of two relays that look at the same wish one settles it.
    settled: Any = session.execute(
        update(Follow)
        .where(Follow.id == follow.id, Follow.wanted_at == follow.wanted_at)
        .values(wanted_at=None, **changes)
        .execution_options(synchronize_session=False)
    )
    if not asks or settled.rowcount != 1:
        return False
    payload = {"what": CONFIRM, "follow": follow.public_id}
    enqueue(session, MAIL, f"{CONFIRM}:{follow.public_id}:{follow.asks + 1}", payload, now)
    return True


def _had_its_share(session: Session, blind_index: str, now: datetime) -> bool:
    asked, latest = session.execute(
        select(func.sum(Follow.asks), func.max(Follow.asked_at, type_=Follow.asked_at.type)).where(
            Follow.blind_index == blind_index, Follow.confirmed_at.is_(None)
        )
    ).one()
    return (asked or 0) >= MOST_UNCONFIRMED or (latest is not None and latest > now - PAUSE)
