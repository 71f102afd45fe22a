"""Too many comments in too little time, counted in the database, so that every process counts the same."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, literal, select
from sqlalchemy.orm import Session

from comments_service.screening.evidence import Refused
from comments_service.settings import SiteSettings
from comments_service.storage.tables import Comment

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def refuse_floods(
    session: Session,
    settings: SiteSettings,
    *,
    network_digest: str | None,
    address_id: int | None,
    thread_id: int | None,
    now: datetime,
) -> None:
    """Raise Refused("flood") when a limit is reached. One statement for all limits; each counts to its limit only."""
    limits: list[tuple[ColumnElement[bool], timedelta, int]] = []
    if network_digest is not None:
        limits.append((Comment.network_digest == network_digest, MINUTE, settings.flood_network_per_minute))
        limits.append((Comment.network_digest == network_digest, HOUR, settings.flood_network_per_hour))
    if address_id is not None:
        limits.append((Comment.address_id == address_id, HOUR, settings.flood_address_per_hour))
    if thread_id is not None:
        limits.append((Comment.thread_id == thread_id, MINUTE, settings.flood_thread_per_minute))
    if not limits:
        return
    counts = session.execute(select(*[_recent(where, now - span, most) for where, span, most in limits])).one()
    for count, (_, span, most) in zip(counts, limits, strict=True):
        if count >= most:
            # The same words for every limit: which one was met would tell whether an address is known.
            raise Refused(
                "flood",
                "Too many comments in a short time. Please wait a little and send it again; your text is kept.",
                retry_after=int(min(span, MINUTE).total_seconds()),
            )


def _recent(where: ColumnElement[bool], since: datetime, most: int) -> "Select[tuple[int]] | ColumnElement[int]":
    met = select(literal(1)).select_from(Comment).where(where, Comment.created_at > since).limit(most).subquery()
    return select(func.count()).select_from(met).scalar_subquery()
