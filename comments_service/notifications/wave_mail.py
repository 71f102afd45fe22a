"""Tells the moderators of a wave by one mail: since when, by what it is recognised, how much has come. No texts.

It is promised when the wave begins and made DELAY later, from how things stand then, so that its numbers say something.
"""

from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from comments_service.notifications.compose import Link, Mail, compose
from comments_service.notifications.means import Means
from comments_service.notifications.waiting_mail import MAIL, recipients, short_digest
from comments_service.outbox.enqueue import enqueue
from comments_service.privacy.addresses import UnknownKey
from comments_service.settings import Settings
from comments_service.storage.tables import Comment, Moderator, ModeratorMail, Site, Wave

WAVE = "wave"  # the payload's "what"
DELAY = timedelta(minutes=5)
_RECOGNISED = {
    "alike": "They say nearly the same.",
    "links": "They all link to one domain that is hardly ever linked to here.",
    "newcomers": "Far more people than usual write here for the first time.",
}


def promise_wave_mails(session: Session, settings: Settings, wave_id: int, now: datetime) -> None:
    """Promise the mail about this wave to everybody who is told by mail what waits on its site."""
    if not settings.sends_mail:
        return
    told: list[dict[str, Any]] = [{"recipient": short_digest(address)} for address in recipients(settings)]
    told += [{"moderator": number} for number in _moderators(session, wave_id)]
    for who in told:
        key = f"{WAVE}:{wave_id}:{next(iter(who.values()))}"
        enqueue(session, MAIL, key, {"what": WAVE, "wave": wave_id, **who}, now, due_at=now + DELAY)


def build_wave(session: Session, payload: dict[str, Any], means: Means, key: str) -> EmailMessage | None:
    """The promised mail. None: a person has said that it is no wave, or nobody is to be told.

    `key` is the outbox row's. Raises UnfitForMail where a setting holds no valid address.
    """
    settings = means.settings
    address = _address(session, payload, means)
    found = session.execute(select(Wave, Site.name).join(Site).where(Wave.id == payload["wave"])).one_or_none()
    if address is None or found is None or found.Wave.dismissed:
        return None
    return compose(
        _mail(session, found.Wave, found.name, settings.public_url),
        sender=settings.mail_from,
        recipient=address,
        public_url=settings.public_url,
        now=means.clock(),
        key=f"{MAIL}:{key}",
    )


def _moderators(session: Session, wave_id: int) -> list[int]:
    """Those who chose to be told of waves, on all sites or on the wave's."""
    rows = session.execute(
        select(Moderator.id, ModeratorMail.about)
        .join(ModeratorMail, ModeratorMail.moderator_id == Moderator.id)
        .join(Wave, or_(Moderator.site_id.is_(None), Moderator.site_id == Wave.site_id))
        .where(Wave.id == wave_id, ModeratorMail.sealed.is_not(None), ModeratorMail.pace != "none", ~Moderator.disabled)
        .order_by(Moderator.id)
    )
    return [number for number, about in rows if "waves" in about.split()]


def _address(session: Session, payload: dict[str, Any], means: Means) -> str | None:
    if "recipient" in payload:
        return next((one for one in recipients(means.settings) if short_digest(one) == payload["recipient"]), None)
    row = session.get(ModeratorMail, payload["moderator"])
    if row is None or row.sealed is None:
        return None
    try:
        return means.vault.open(row.sealed)
    except UnknownKey:
        return None


def _mail(session: Session, wave: Wave, site_name: str, public_url: str) -> Mail:
    counted = select(func.count(), func.count(Comment.address_id.distinct())).where(Comment.wave_id == wave.id)
    comments, authors = session.execute(counted).one()
    name = " ".join(site_name.split())
    lasts = "It goes on." if wave.ended_at is None else "It is over by now."
    return Mail(
        subject=f"A wave of comments: {name}"[:200],
        paragraphs=(
            f"Since {wave.began_at:%Y-%m-%d %H:%M} UTC a wave of comments comes in on {name}: {comments} comments from"
            f" {authors} addresses so far. {lasts}",
            _RECOGNISED[wave.kind],
            "While it lasts, its comments are held for a person. They stand as one row above the queue and are decided"
            " together, with one undo for all.",
            "This is the only mail about this wave.",
        ),
        link=Link("Look at the wave", f"{public_url}/moderation/waves/{wave.id}"),
    )
