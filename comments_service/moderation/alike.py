"""Alike comments in the queue: one row stands for all that wait, and the others are listed below it.

Which comments are alike was found out when they were judged (`likeness`). Counts go on counting comments, not rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, literal, literal_column, or_, select
from sqlalchemy.orm import Session, aliased

from comments_service.content.excerpt import excerpt
from comments_service.moderation.masking import masked
from comments_service.moderation.opinions import Eyes, own_open
from comments_service.privacy.addresses import AddressVault
from comments_service.privacy.hide import find_addresses
from comments_service.storage.tables import Address, Comment, Thread

COUNTED_TO = 1000
MOST_LISTED = 199  # what was seen of each travels in one form, together with the first
_EXCERPT = 160  # characters
# Written out: the index holds only what is pending, and a database cannot tell that of a parameter.
_PENDING: ColumnElement[str] = literal_column("'pending'")


@dataclass(frozen=True, slots=True)
class Another:
    """A comment that waits and is like the one it is listed below."""

    public_id: str
    revision: int
    status: str
    name: str
    masked_address: str
    excerpt: str
    thread_title: str
    thread_url: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Others:
    """The comments that one row stands for beside its own: how many (counted to COUNTED_TO), and the first of them."""

    count: int
    listed: tuple[Another, ...]


def stands_for_its_group(eyes: Eyes | None = None) -> ColumnElement[bool]:
    """Condition: no earlier comment waits (for these eyes) that this one is like. A wave's are a row of their own."""
    earlier = aliased(Comment)
    before = select(literal(1)).where(
        earlier.group_id == Comment.group_id,
        earlier.status == _PENDING,
        earlier.id < Comment.id,
        func.coalesce(earlier.wave_id, 0) == func.coalesce(Comment.wave_id, 0),
    )
    if eyes is not None:
        before = before.where(earlier.id.not_in(own_open(eyes)))
    return or_(Comment.group_id.is_(None), ~before.correlate(Comment).exists())


def others_alike(session: Session, public_ids: Sequence[str], vault: AddressVault) -> dict[str, Others]:
    """What each of these waiting comments stands for beside itself; those that stand alone are left out."""
    found: dict[str, Others] = {}
    firsts = select(Comment.public_id, Comment.id, Comment.group_id, Comment.wave_id)
    for row in session.execute(firsts.where(Comment.public_id.in_(public_ids), Comment.group_id.is_not(None))):
        others = _others(session, row, vault)
        if others.count:
            found[row.public_id] = others
    return found


def _others(session: Session, first: Any, vault: AddressVault) -> Others:
    waits = (
        Comment.group_id == first.group_id,
        Comment.status == _PENDING,
        Comment.id != first.id,
        func.coalesce(Comment.wave_id, 0) == (first.wave_id or 0),
    )
    statement = (
        select(Comment, Thread.title, Thread.url, Address.sealed)
        .join(Thread, Thread.id == Comment.thread_id)
        .outerjoin(Address, Address.id == Comment.address_id)
        .where(*waits)
        .order_by(Comment.id)
        .limit(MOST_LISTED)
    )
    listed = tuple(_another(*row, vault=vault) for row in session.execute(statement))
    if len(listed) < MOST_LISTED:
        return Others(len(listed), listed)
    counted = select(literal(1)).select_from(Comment).where(*waits).limit(COUNTED_TO).subquery()
    return Others(session.scalar(select(func.count()).select_from(counted)) or 0, listed)


def _another(comment: Comment, title: str, url: str, sealed: bytes | None, *, vault: AddressVault) -> Another:
    return Another(
        public_id=comment.public_id,
        revision=comment.revision,
        status=comment.status,
        name=comment.name,
        masked_address=masked(sealed, vault) if sealed is not None else "",
        excerpt=excerpt(comment.source, _EXCERPT, find_hidden=find_addresses),
        thread_title=title,
        thread_url=url,
        created_at=comment.created_at,
    )
