"""Promises moderators their own mails: one for each comment as it comes, or one now and then that counts what waits.

Whoever wants each comment at once gets at most MOST_AN_HOUR of them in an hour; what comes beyond is one digest.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from comments_service.notifications.decide_links import new_link
from comments_service.notifications.desk_news import News, news_since
from comments_service.notifications.waiting_mail import MAIL
from comments_service.outbox.enqueue import enqueue
from comments_service.settings import Settings
from comments_service.storage.tables import DecideLink, Moderator, ModeratorMail

ONE = "desk_comment"  # payloads' "what"
DIGEST = "desk_digest"

MOST_AN_HOUR = 10  # mails about one comment each, to one moderator
HOUR = timedelta(hours=1)
# A worker's clock may run behind, and what it decided is seen when it commits: look at these minutes once more. Links
# are unique, so nothing is told twice.
_OVERLAP = timedelta(minutes=10)


def anybody_wants_mail(session: Session) -> bool:
    """Whether there is a moderator to look for at all."""
    return session.execute(_wanting().limit(1)).first() is not None


def promise_desk_mails(session: Session, settings: Settings, now: datetime) -> int:
    """Promise every moderator the mails that are due; how many were promised."""
    if not settings.sends_mail:
        return 0
    return sum(_promise(session, mail, moderator, now) for mail, moderator in session.execute(_wanting()).all())


def _wanting() -> "Select[ModeratorMail, Moderator]":
    return (
        select(ModeratorMail, Moderator)
        .join(Moderator, Moderator.id == ModeratorMail.moderator_id)
        .where(ModeratorMail.sealed.is_not(None), ModeratorMail.pace != "none", ~Moderator.disabled)
        .order_by(ModeratorMail.moderator_id)
    )


def _promise(session: Session, mail: ModeratorMail, moderator: Moderator, now: datetime) -> int:
    if mail.pace == "now":
        return _one_by_one(session, mail, moderator, now)
    if not _digest_is_due(mail, now) or not _news(session, mail, moderator, mail.seen_at):
        return 0
    return _digest(session, mail, now, over=False)


def _one_by_one(session: Session, mail: ModeratorMail, moderator: Moderator, now: datetime) -> int:
    room, promised = MOST_AN_HOUR - _sent_lately(session, moderator.id, now), 0
    since = max(mail.seen_at - _OVERLAP, mail.digest_at or mail.began_at, mail.began_at)
    for news in _news(session, mail, moderator, since):
        if _is_told(session, moderator.id, news):
            continue
        if promised >= room:
            # The rest is found again, as `seen_at` stays, unless a digest speaks of it.
            return promised + (_digest(session, mail, now, over=True) if _digest_is_due(mail, now) else 0)
        promised += _one(session, moderator.id, news, now)
    mail.seen_at = now
    return promised


def _one(session: Session, moderator_id: int, news: News, now: datetime) -> bool:
    link = new_link(
        session,
        moderator_id=moderator_id,
        comment_id=news.comment_id,
        revision=news.revision,
        cause=news.cause,
        now=now,
    )
    if link is not None:
        enqueue(session, MAIL, f"{ONE}:{link}", {"what": ONE, "link": link}, now)
    return link is not None


def _digest(session: Session, mail: ModeratorMail, now: datetime, *, over: bool) -> int:
    # The hour in the key: two relays that look at the same moment promise the same mail, which is one.
    key = f"{DIGEST}:{mail.moderator_id}:{now:%Y%m%d%H}"
    enqueue(session, MAIL, key, {"what": DIGEST, "moderator": mail.moderator_id, "over": over}, now)
    mail.seen_at = mail.digest_at = now
    return 1


def _digest_is_due(mail: ModeratorMail, now: datetime) -> bool:
    last = mail.digest_at
    if mail.pace == "daily":
        today = now.replace(hour=mail.hour, minute=0, second=0, microsecond=0)
        began = today if today <= now else today - timedelta(days=1)
        return (last or mail.seen_at) < began
    return last is None or last <= now - HOUR


def _news(session: Session, mail: ModeratorMail, moderator: Moderator, since: datetime) -> list[News]:
    return news_since(session, moderator, mail.about.split(), since)


def _sent_lately(session: Session, moderator_id: int, now: datetime) -> int:
    statement = select(func.count()).where(DecideLink.moderator_id == moderator_id, DecideLink.created_at > now - HOUR)
    return session.scalar(statement) or 0


def _is_told(session: Session, moderator_id: int, news: News) -> bool:
    statement: Select[Any] = select(DecideLink.id).where(
        DecideLink.moderator_id == moderator_id,
        DecideLink.comment_id == news.comment_id,
        DecideLink.revision == news.revision,
        DecideLink.cause == news.cause,
    )
    return session.scalar(statement) is not None
