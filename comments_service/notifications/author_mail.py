"""Mails to a comment's author: that it was removed (the page behind the link says why), and what became of an appeal.

They go to an address that its owner has confirmed on the site by following something there, and to no other: anybody
can type anybody's address beside a comment. Who has confirmed none reads the same on the status page.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from comments_service.content.translations import said
from comments_service.notifications.compose import Link, Mail
from comments_service.notifications.decision_mail import WAIT
from comments_service.notifications.links import act_url, status_url
from comments_service.notifications.means import Means
from comments_service.notifications.titles import title_of, unlinked
from comments_service.notifications.to_reader import addressed
from comments_service.notifications.waiting_mail import MAIL
from comments_service.outbox.enqueue import enqueue
from comments_service.privacy.hide import hide_addresses
from comments_service.storage.tables import Address, Appeal, AppealStep, Comment, Decision, Follow, Site, Thread

VERDICT = "verdict"
OBJECTION = "objection"

# A lot of one author's comments may be removed with one click: beyond these, the status pages tell the rest.
MOST_A_DAY = 5
_REMOVED = ("rejected", "spam", "deleted")


@dataclass(frozen=True, slots=True)
class _Author:
    """Who is written to about a comment, with the follow by which they confirmed their address."""

    comment: Comment
    thread: Thread
    site: Site
    follow: Follow


def promise_verdict_mail(session: Session, comment: Comment, decision_id: int, now: datetime) -> None:
    """Promise the mail about a removal, where the author's address is confirmed. Sent a while later: slips are undone.

    Without an address, or without a confirmed one, nothing is promised.
    """
    if comment.address_id is None or not _has_confirmed(session, comment.id):
        return
    payload = {"what": VERDICT, "comment": comment.public_id, "decision": decision_id}
    enqueue(session, MAIL, f"{VERDICT}:{decision_id}", payload, now, due_at=now + WAIT)


def promise_objection_mail(session: Session, appeal_id: int, now: datetime, *, settled: bool) -> None:
    """Promise the receipt for an appeal at once, or what became of it a while later."""
    row = session.execute(
        select(Appeal.reference, Appeal.comment_id, Comment.public_id)
        .join(Comment, Comment.id == Appeal.comment_id)
        .where(Appeal.id == appeal_id)
    ).one()
    if not _has_confirmed(session, row.comment_id):
        return
    when = f":{round(now.timestamp() * 1_000_000)}" if settled else ""
    payload = {"what": OBJECTION, "comment": row.public_id, "appeal": row.reference, "settled": settled}
    due_at = now + WAIT if settled else None
    enqueue(session, MAIL, f"{OBJECTION}:{row.reference}{when}", payload, now, due_at=due_at)


def build_verdict(session: Session, payload: dict[str, Any], means: Means, key: str) -> EmailMessage | None:
    """The promised mail; None where the comment is not removed by this decision any more. Raises UnfitForMail."""
    author = _author(session, payload["comment"])
    if not means.settings.sends_mail or author is None or author.comment.status not in _REMOVED:
        return None
    decision = session.get(Decision, payload["decision"])
    if decision is None or _is_taken_back(session, decision.id) or _had_its_share(session, author.comment, decision):
        return None
    language, title = author.follow.language, title_of(author.thread, author.site.name)
    subject = said(language, "mail", "verdict_subject", title=title)
    return _written(author, language, subject, (said(language, "mail", "verdict_text", title=title),), means, key)


def build_objection(session: Session, payload: dict[str, Any], means: Means, key: str) -> EmailMessage | None:
    """The promised mail; None where nothing is to be said any more. Raises UnfitForMail."""
    author = _author(session, payload["comment"])
    appeal = session.scalar(select(Appeal).where(Appeal.reference == payload["appeal"]))
    if not means.settings.sends_mail or author is None or appeal is None or not appeal.language:
        return None
    paragraphs = _outcome(session, appeal) if payload["settled"] else _received(appeal)
    if not paragraphs:
        return None
    subject = said(appeal.language, "mail", "objection_subject", reference=appeal.reference)
    return _written(author, appeal.language, subject, paragraphs, means, key)


def _received(appeal: Appeal) -> tuple[str, ...]:
    return (said(appeal.language, "page", "object_received", reference=appeal.reference),)


def _outcome(session: Session, appeal: Appeal) -> tuple[str, ...]:
    """What became of the appeal, as it is now; nothing while it is open again, or where its author dropped it."""
    step = session.scalar(
        select(AppealStep).where(AppealStep.appeal_id == appeal.id).order_by(AppealStep.id.desc()).limit(1)
    )
    if step is None or step.outcome not in {"upheld", "reversed"}:
        return ()
    who = "object_alone" if step.alone else "object_other"
    told = f"{said(appeal.language, 'page', f'object_{step.outcome}')} {said(appeal.language, 'page', who)}"
    return (told, unlinked(hide_addresses(step.answer))) if step.answer else (told,)


def _written(
    author: _Author, language: str, subject: str, paragraphs: tuple[str, ...], means: Means, key: str
) -> EmailMessage:
    follow, site, comment = author.follow, author.site, author.comment
    status = status_url(means, site.key, comment.public_id, comment.created_at)
    mail = Mail(
        subject=subject,
        paragraphs=paragraphs,
        link=Link(said(language, "page", "status_link"), status),
        stop=Link(said(language, "mail", "stop_link"), act_url(means, site.key, follow.public_id, "stop")),
        language=language,
    )
    return addressed(mail, follow.sealed, means, key)


def _author(session: Session, public_id: str) -> _Author | None:
    statement = (
        _confirmed(Comment, Thread, Site, Follow)
        .join(Thread, Thread.id == Comment.thread_id)
        .join(Site, Site.id == Comment.site_id)
        .where(Comment.public_id == public_id)
    )
    row = session.execute(statement).first()
    return _Author(*row) if row is not None else None


def _has_confirmed(session: Session, comment_id: int) -> bool:
    return session.scalar(_confirmed(Follow.id).where(Comment.id == comment_id)) is not None


def _confirmed(*columns: Any) -> "Select[*tuple[Any, ...]]":
    """Comments with a follow by which the owner of their address has confirmed it on their site; the latest first."""
    return (
        select(*columns)
        .select_from(Comment)
        .join(Address, Address.id == Comment.address_id)
        .join(Follow, and_(Follow.site_id == Comment.site_id, Follow.blind_index == Address.blind_index))
        .where(Follow.confirmed_at.is_not(None))
        .order_by(Follow.id.desc())
        .limit(1)
    )


def _is_taken_back(session: Session, decision_id: int) -> bool:
    return session.scalar(select(Decision.id).where(Decision.undo_of == decision_id)) is not None


def _had_its_share(session: Session, comment: Comment, decision: Decision) -> bool:
    """Whether so many of the author's comments were removed before this one within a day that no mail is sent.

    Counted from the decisions before this one, so that whoever asks again finds the same.
    """
    before = select(func.count()).where(
        Decision.id < decision.id,
        Decision.created_at > decision.created_at - timedelta(days=1),
        Decision.to_status.in_(_REMOVED),
        _of_author(comment),
    )
    return (session.scalar(before) or 0) >= MOST_A_DAY


def _of_author(comment: Comment) -> ColumnElement[bool]:
    other = aliased(Comment)
    return exists(select(other.id).where(other.id == Decision.comment_id, other.address_id == comment.address_id))
