"""Following comments by mail: asked for by anybody, begun by whoever reads the address's mail, ended by a click.

Asking does the same work whatever is known of the address, so nobody learns from it. Who is sent what, and how often,
is the business of `notifications`.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from comments_service.notifications.ended import forget_follow
from comments_service.storage.tables import Follow, Thread
from comments_service.storage.upsert import insert_new

_UNIQUE = ["site_id", "blind_index", "url", "reply_to"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be followed, a page's comments or the replies to one (`reply_to`, a public id), and by whom."""

    site_id: int
    url: str
    reply_to: str
    blind_index: str
    sealed: bytes
    language: str


def want(session: Session, wish: Wish, now: datetime) -> None:
    """Keep the wish to follow; the relay then sees whether a mail may be sent."""
    values = {
        "public_id": secrets.token_hex(12),
        "site_id": wish.site_id,
        "url": wish.url,
        "reply_to": wish.reply_to,
        "blind_index": wish.blind_index,
        "sealed": wish.sealed,
        "language": wish.language,
        "created_at": now,
        "wanted_at": now,
        "asks": 0,
        "seen": 0,
    }
    if insert_new(session, Follow, values, _UNIQUE) is not None:
        return
    # Nothing else changes: a stranger who types an address must not turn its owner's mails into another language.
    session.execute(
        update(Follow)
        .where(*(getattr(Follow, name) == values[name] for name in _UNIQUE))
        .values(wanted_at=now)
        .execution_options(synchronize_session=False)
    )


def find_follow(session: Session, site_id: int, public_id: str) -> Follow | None:
    """A site's follow by its public id; None once it has ended."""
    return session.scalar(select(Follow).where(Follow.public_id == public_id, Follow.site_id == site_id))


def confirm(session: Session, follow: Follow, now: datetime) -> None:
    """Begin to follow: what is published from now on is told. Confirming twice is confirming once."""
    arrivals = select(Thread.arrivals).where(Thread.site_id == follow.site_id, Thread.url == follow.url)
    session.execute(
        update(Follow)
        .where(Follow.id == follow.id, Follow.confirmed_at.is_(None))
        .values(confirmed_at=now, wanted_at=None, seen=func.coalesce(arrivals.scalar_subquery(), 0))
        .execution_options(synchronize_session=False)
    )


def stop(session: Session, follow: Follow) -> None:
    """End a follow, and forget its address."""
    forget_follow(session, follow.public_id)
