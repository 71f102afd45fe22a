"""Tells the moderators by mail that comments wait for a person: how many, and where. Never what they say.

Promised through the outbox, at most one mail an hour for each site and moderator; send.py does the sending.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from comments_service.notifications.compose import Link, Mail, compose
from comments_service.notifications.means import Means
from comments_service.outbox.enqueue import enqueue
from comments_service.settings import Settings
from comments_service.storage.tables import Appeal, Comment, Notice, OutboxRow, Site

MAIL = "mail"
WAITING = "waiting"  # the payload's "what": other mails of the same kind of work follow
PAUSE = timedelta(hours=1)


@dataclass(frozen=True)
class Waiting:
    """Comments of a site that wait for a person: how many, since when, and when the latest began to wait.

    `noticed` of them are decided, and wait because of a notice of illegal content; `appealed`, because their authors
    object to the decision.
    """

    site_id: int
    site_name: str
    count: int
    oldest: datetime
    latest: datetime
    noticed: int = 0
    appealed: int = 0


def recipients(settings: Settings) -> tuple[str, ...]:
    """The addresses of COMMENTS_MODERATORS_MAIL, each once."""
    return tuple(dict.fromkeys(part.strip() for part in settings.moderators_mail.split(",") if part.strip()))


def promise_waiting_mails(session: Session, settings: Settings, now: datetime) -> int:
    """Promise a mail for every site where something began to wait since the last one; how many were promised."""
    if not settings.sends_mail:
        return 0
    promised = 0
    for waiting in waiting_on(session):
        for address in recipients(settings):
            promised += _promise(session, waiting, short_digest(address), now)
    return promised


def build_waiting(session: Session, payload: dict[str, Any], means: Means, key: str) -> EmailMessage | None:
    """The promised mail, from how things stand now. None: nothing waits any more, or nobody is to be told.

    `key` is the outbox row's. Raises UnfitForMail where a setting holds no valid address.
    """
    settings, now = means.settings, means.clock()
    address = next((a for a in recipients(settings) if short_digest(a) == payload["recipient"]), None)
    waiting = next(iter(waiting_on(session, payload["site_id"])), None)
    if address is None or waiting is None:
        return None
    return compose(
        waiting_mail(waiting, settings.public_url, now),
        sender=settings.mail_from,
        recipient=address,
        public_url=settings.public_url,
        now=now,
        key=f"{MAIL}:{key}",
    )


def waiting_mail(waiting: Waiting, public_url: str, now: datetime) -> Mail:
    """What the mail says. Texts and authors stay in the desk: mail is read by more eyes than it is sent to."""
    many = "1 comment waits" if waiting.count == 1 else f"{waiting.count} comments wait"
    name = " ".join(waiting.site_name.split())
    noticed = (
        (f"With a notice of illegal content, in the view Reported: {waiting.noticed}.",) if waiting.noticed else ()
    )
    appealed = (f"With an author's objection, under Appeals: {waiting.appealed}.",) if waiting.appealed else ()
    return Mail(
        subject=f"{many} for review: {name}"[:200],
        paragraphs=(
            f"{many} for review on {name}.",
            *noticed,
            *appealed,
            f"The oldest came {_ago(now - waiting.oldest)} ago.",
            "This is sent at most once an hour, and only while something new waits.",
        ),
        link=Link("Open the review desk", f"{public_url}/moderation/"),
    )


def waiting_on(session: Session, site_id: int | None = None) -> list[Waiting]:
    """What waits for a person on each site, or on this one, by site; sites where nothing does are left out."""
    sites: dict[int, Waiting] = {}
    for one in [*_undecided(session, site_id), *_noticed(session, site_id), *_appealed(session, site_id)]:
        known = sites.get(one.site_id)
        sites[one.site_id] = one if known is None else _together(known, one)
    return [sites[key] for key in sorted(sites)]


def _undecided(session: Session, site_id: int | None) -> list[Waiting]:
    # A comment begins to wait when the machine holds it (`decided_at`), or when it came, where nothing judged it.
    since = func.coalesce(Comment.decided_at, Comment.created_at)
    # Of a wave there is one mail of its own.
    statement = (
        select(
            Site.id,
            Site.name,
            func.count(),
            func.min(Comment.created_at),
            func.max(since, type_=Comment.created_at.type),
        )
        .join(Comment, Comment.site_id == Site.id)
        .where(Comment.status == "pending", Comment.awaits == "human", Comment.wave_id.is_(None), _of(site_id))
        .group_by(Site.id, Site.name)
    )
    return [Waiting(*row) for row in session.execute(statement)]


def _noticed(session: Session, site_id: int | None) -> list[Waiting]:
    """Decided comments that somebody holds to be illegal. What is pending has its place among the undecided."""
    comments = func.count(Notice.comment_id.distinct())
    statement = (
        select(Site.id, Site.name, comments, func.min(Notice.created_at), func.max(Notice.created_at), comments)
        .join(Comment, Comment.site_id == Site.id)
        .join(Notice, Notice.comment_id == Comment.id)
        .where(Notice.settled_at.is_(None), Comment.status != "pending", _of(site_id))
        .group_by(Site.id, Site.name)
    )
    return [Waiting(*row) for row in session.execute(statement)]


def _appealed(session: Session, site_id: int | None) -> list[Waiting]:
    """Decided comments whose authors object. What has a notice open as well is told with the notices."""
    noticed = select(Notice.id).where(Notice.comment_id == Appeal.comment_id, Notice.settled_at.is_(None)).exists()
    statement = (
        select(Site.id, Site.name, func.count(), func.min(Appeal.created_at), func.max(Appeal.created_at))
        .join(Appeal, Appeal.site_id == Site.id)
        .where(Appeal.settled_at.is_(None), ~noticed, _of(site_id))
        .group_by(Site.id, Site.name)
    )
    return [Waiting(*row, appealed=row[2]) for row in session.execute(statement)]


def _of(site_id: int | None) -> ColumnElement[bool]:
    return true() if site_id is None else Site.id == site_id


def _together(one: Waiting, other: Waiting) -> Waiting:
    return Waiting(
        one.site_id,
        one.site_name,
        one.count + other.count,
        min(one.oldest, other.oldest),
        max(one.latest, other.latest),
        one.noticed + other.noticed,
        one.appealed + other.appealed,
    )


def _promise(session: Session, waiting: Waiting, recipient: str, now: datetime) -> bool:
    last = _last_promise(session, waiting.site_id, recipient)
    if last is not None and (now - last < PAUSE or waiting.latest <= last):
        return False
    # The hour in the key: two relays that look at the same moment promise the same mail, which is one.
    key = f"{WAITING}:{waiting.site_id}:{recipient}:{now:%Y%m%d%H}"
    payload = {"what": WAITING, "site_id": waiting.site_id, "recipient": recipient}
    enqueue(session, MAIL, key, payload, now)
    return True


def _last_promise(session: Session, site_id: int, recipient: str) -> datetime | None:
    statement = select(func.max(OutboxRow.created_at)).where(
        OutboxRow.kind == MAIL, OutboxRow.key.startswith(f"{WAITING}:{site_id}:{recipient}:", autoescape=True)
    )
    return session.scalar(statement)


def short_digest(address: str) -> str:
    """Tells recipients apart in the outbox, where no address may stand in the clear."""
    return hashlib.sha256(address.encode()).hexdigest()[:16]


def _ago(span: timedelta) -> str:
    minutes = max(1, round(span.total_seconds() / 60))
    if minutes < 120:
        return "1 minute" if minutes == 1 else f"{minutes} minutes"
    return f"{minutes // 60} hours" if minutes < 2880 else f"{minutes // 1440} days"
