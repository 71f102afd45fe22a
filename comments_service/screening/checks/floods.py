"""Too many comments in too little time, counted in the database, so that every process counts the same."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, literal, select
from sqlalchemy.orm import Session

from comments_service.screening.evidence import Refused
from comments_service.settings import SiteSettings
from comments_service.storage.tables import Comment
from comments_service.storage.types import Moment

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def _recent(column: Any, name: str, span: str) -> ColumnElement[int]:
    """Comments of one subject since a moment, counted up to its limit and no further."""
    met = (
        select(literal(1))
        .select_from(Comment)
        .where(column == bindparam(name), Comment.created_at > bindparam(span, type_=Moment))
        .limit(bindparam(f"{name}_{span}"))
        .subquery()
    )
    return select(func.count()).select_from(met).scalar_subquery()


# One statement for all limits. A subject that is not known is NULL, which equals nothing and counts 0.
_COUNTS = select(
    _recent(Comment.network_digest, "network", "minute"),
    _recent(Comment.network_digest, "network", "hour"),
    _recent(Comment.address_id, "address", "hour"),
    _recent(Comment.thread_id, "thread", "minute"),
)


def refuse_floods(
    session: Session,
    settings: SiteSettings,
    *,
    network_digest: str | None,
    address_id: int | None,
    thread_id: int | None,
    now: datetime,
) -> None:
    """Raise Refused("flood") when a limit is reached."""
    limits = {
        "network_minute": settings.flood_network_per_minute,
        "network_hour": settings.flood_network_per_hour,
        "address_hour": settings.flood_address_per_hour,
        "thread_minute": settings.flood_thread_per_minute,
    }
    subjects = {"network": network_digest, "address": address_id, "thread": thread_id}
    counts = session.execute(_COUNTS, {**subjects, **limits, "minute": now - MINUTE, "hour": now - HOUR}).one()
    if any(count >= most for count, most in zip(counts, limits.values(), strict=True)):
        raise _too_many()


def refuse_limited(
    session: Session, settings: SiteSettings, *, network_digest: str | None, address_id: int | None, now: datetime
) -> None:
    """Raise Refused("flood") for one whom a rule limits, at fewer comments an hour; the author counts, or the network.

    With the address they are known by it, whoever else shares their network.
    """
    column, subject = (
        (Comment.network_digest, network_digest) if address_id is None else (Comment.address_id, address_id)
    )
    if subject is None:
        return
    most = settings.limited_per_hour
    met = select(Comment.id).where(column == subject, Comment.created_at > now - HOUR).limit(most)
    if len(session.scalars(met).all()) >= most:
        raise _too_many()


def _too_many() -> Refused:
    # The same for every limit: which one was met would tell whether an address is known, or limited.
    return Refused(
        "flood",
        "Too many comments in a short time. Please wait a little and send it again; your text is kept.",
        retry_after=int(MINUTE.total_seconds()),
    )
