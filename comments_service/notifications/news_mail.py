"""Mails to followers about new comments: at most one a quarter of an hour for each follow, listing what is new."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.orm import Session

from comments_service.content.excerpt import excerpt
from comments_service.content.translations import said
from comments_service.notifications.compose import Link, Mail
from comments_service.notifications.links import act_url, comment_url
from comments_service.notifications.means import Means
from comments_service.notifications.titles import title_of, unlinked
from comments_service.notifications.to_reader import addressed
from comments_service.notifications.waiting_mail import MAIL
from comments_service.outbox.enqueue import enqueue
from comments_service.privacy.hide import find_addresses, hide_addresses
from comments_service.storage.tables import Address, Comment, Follow, Site, Thread, ToldComment
from comments_service.storage.upsert import insert_new

NEWS = "news"

PAUSE = timedelta(minutes=15)
MOST_LISTED = 10  # comments in one mail; the link leads to all
_EXCERPT = 400  # characters
_AT_ONCE = 100


def is_due(session: Session, now: datetime) -> bool:
    """Whether a follower's page has comments that were not looked at."""
    return session.execute(_due(now).limit(1)).first() is not None


def promise_news_mails(session: Session, now: datetime) -> int:
    """Promise a mail for every follow with something new; how many were promised."""
    due = session.execute(_due(now).limit(_AT_ONCE)).all()
    return sum(_promise(session, follow, thread, now) for follow, thread in due)


def build_news(session: Session, payload: dict[str, Any], means: Means, key: str) -> EmailMessage | None:
    """The promised mail; None where the follow has ended, or nothing of it is shown any more.

    Raises UnfitForMail.
    """
    row = session.execute(
        select(Follow, Site, Thread)
        .join(Site, Site.id == Follow.site_id)
        .join(Thread, (Thread.site_id == Follow.site_id) & (Thread.url == Follow.url))
        .where(Follow.public_id == payload["follow"])
    ).one_or_none()
    comments = _still_shown(session, payload["comments"])
    if row is None or not comments:
        return None
    follow, site, thread = row
    language = follow.language
    subject = "reply_subject" if follow.reply_to else "new_subject"
    mail = Mail(
        subject=said(language, "mail", subject, title=title_of(thread, site.name)),
        paragraphs=tuple(_told(comment, language) for comment in comments[:MOST_LISTED]),
        link=Link(said(language, "mail", "new_link"), comment_url(means, site.key, thread.url, comments[0].public_id)),
        stop=Link(said(language, "mail", "stop_link"), act_url(means, site.key, follow.public_id, "stop")),
        language=language,
    )
    return addressed(mail, follow.sealed, means, key)


def _due(now: datetime) -> "Select[Follow, Thread]":
    return (
        select(Follow, Thread)
        .join(Thread, (Thread.site_id == Follow.site_id) & (Thread.url == Follow.url))
        .where(
            Follow.confirmed_at.is_not(None),
            Thread.arrivals > Follow.seen,
            or_(Follow.told_at.is_(None), Follow.told_at <= now - PAUSE),
        )
        .order_by(Follow.id)
    )


def _promise(session: Session, follow: Follow, thread: Thread, now: datetime) -> bool:
    seen = thread.arrivals
    # Of two relays that look at the same follow one goes on.
    moved: Any = session.execute(
        update(Follow)
        .where(Follow.id == follow.id, Follow.seen == follow.seen)
        .values(seen=seen)
        .execution_options(synchronize_session=False)
    )
    if moved.rowcount != 1:
        return False
    fresh = [
        public_id
        for row_id, public_id in _arrived(session, follow, thread, seen)
        if _untold(session, follow.id, row_id)
    ]
    if not fresh:
        return False
    session.execute(
        update(Follow).where(Follow.id == follow.id).values(told_at=now).execution_options(synchronize_session=False)
    )
    payload = {"what": NEWS, "follow": follow.public_id, "comments": fresh[: 2 * MOST_LISTED]}
    enqueue(session, MAIL, f"{NEWS}:{follow.public_id}:{seen}", payload, now)
    return True


def _arrived(session: Session, follow: Follow, thread: Thread, seen: int) -> Sequence[Any]:
    """Ids and public ids of others' comments that became visible since the last look, in that order."""
    statement = (
        select(Comment.id, Comment.public_id)
        .outerjoin(Address, Address.id == Comment.address_id)
        .where(
            Comment.thread_id == thread.id,
            Comment.arrival > follow.seen,
            Comment.arrival <= seen,
            or_(Address.blind_index.is_(None), Address.blind_index != follow.blind_index),
        )
        .order_by(Comment.arrival)
    )
    if follow.reply_to:
        answered = select(Comment.id).where(Comment.public_id == follow.reply_to).scalar_subquery()
        statement = statement.where(func.coalesce(Comment.in_reply_to_id, Comment.parent_id) == answered)
    return session.execute(statement).all()


def _untold(session: Session, follow_id: int, comment_id: int) -> bool:
    """Note that the follower is told of the comment; False where that was noted before."""
    values = {"follow_id": follow_id, "comment_id": comment_id}
    return insert_new(session, ToldComment, values, ["follow_id", "comment_id"]) is not None


def _still_shown(session: Session, public_ids: Sequence[str]) -> list[Comment]:
    statement = select(Comment).where(Comment.public_id.in_(public_ids), Comment.status == "approved")
    return list(session.scalars(statement.order_by(Comment.arrival, Comment.id)))


def _told(comment: Comment, language: str) -> str:
    name = unlinked(hide_addresses(comment.name))
    text = unlinked(excerpt(comment.source, _EXCERPT, find_hidden=find_addresses))
    return f"{said(language, 'mail', 'new_text', name=name)}\n{text}"
