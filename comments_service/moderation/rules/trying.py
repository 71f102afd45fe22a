"""What a rule would have caught: the comments of the last month, put to the same function that intake asks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from comments_service.content.excerpt import excerpt
from comments_service.moderation.rules.making import Draft
from comments_service.privacy.hide import find_addresses, hide_addresses
from comments_service.screening.rules.matching import Entries, Facts, Group, Terms, matches
from comments_service.storage.tables import Address, Comment, Decision

MONTH = timedelta(days=30)
MOST_LOOKED_AT = 20_000  # comments, the newest first
MOST_SHOWN = 50
_CHUNK = 500
_EXCERPT = 160  # characters


@dataclass(frozen=True, slots=True)
class Caught:
    """A comment that would have been caught; `approved` says that a person approved it and it still stands so."""

    public_id: str
    name: str
    excerpt: str
    status: str
    approved: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Trial:
    """`caught` of `looked_at` comments; `cut` says that the month has more than were looked at.

    `approved` of them stand approved by a person. `shown` are the newest. `knowable` is False for networks: which
    network a comment came from is not kept, so nobody can say what would have been caught.
    """

    looked_at: int
    caught: int
    approved: int
    shown: tuple[Caught, ...]
    cut: bool
    knowable: bool = True


def try_draft(session: Session, new: Draft, now: datetime) -> Trial:
    """What a drafted rule would have caught on its site."""
    if new.kind == "network":
        return Trial(0, 0, 0, (), cut=False, knowable=False)
    terms = Terms(new.action, None)
    return try_group(session, new.site_id, Group(Entries([(0, new.kind, new.pattern)]), terms), now)


def try_group(session: Session, site_id: int, group: Group, now: datetime, most: int = MOST_LOOKED_AT) -> Trial:
    """What a list of entries, or one, would have caught on a site within the last month."""
    met: list[Any] = []
    looked_at = 0
    for row in _recent(session, site_id, now - MONTH, most + 1):
        looked_at += 1
        if looked_at <= most and matches([group], _facts(row), now):
            met.append(row)
    approved = _approved_by_people(session, [row.id for row in met])
    shown = tuple(_caught(row, row.id in approved) for row in met[:MOST_SHOWN])
    return Trial(min(looked_at, most), len(met), len(approved), shown, cut=looked_at > most)


def _recent(session: Session, site_id: int, since: datetime, most: int) -> Iterator[Any]:
    """Comments of a site, the newest first, a few hundred at a time; what was erased holds nothing to look at."""
    before: int | None = None
    left = most
    while left > 0:
        statement = (
            select(
                *(Comment.id, Comment.public_id, Comment.name, Comment.website, Comment.source, Comment.status),
                *(Comment.created_at, Comment.network_digest, Address.blind_index),
            )
            .outerjoin(Address, Address.id == Comment.address_id)
            .where(Comment.site_id == site_id, Comment.created_at > since, Comment.source != "")
            .order_by(Comment.id.desc())
            .limit(min(_CHUNK, left))
        )
        rows = session.execute(statement if before is None else statement.where(Comment.id < before)).all()
        if not rows:
            return
        yield from rows
        before, left = rows[-1].id, left - len(rows)


def _facts(row: Any) -> Facts:
    return Facts(row.name, row.website, row.source, row.blind_index or "", "", row.network_digest)


def _approved_by_people(session: Session, ids: list[int]) -> set[int]:
    """Those that stand approved and whose last decision by a person approved them."""
    found: set[int] = set()
    for begin in range(0, len(ids), _CHUNK):
        statement = (
            select(Decision.comment_id, Decision.action)
            .join(Comment, Comment.id == Decision.comment_id)
            .where(
                Decision.comment_id.in_(ids[begin : begin + _CHUNK]),
                Decision.actor == "moderator",
                Comment.status == "approved",
            )
            .order_by(Decision.id)
        )
        last = dict(session.execute(statement).tuples().all())
        found |= {comment_id for comment_id, action in last.items() if action == "approve"}
    return found


def _caught(row: Any, approved: bool) -> Caught:
    return Caught(
        public_id=row.public_id,
        name=hide_addresses(row.name),
        excerpt=excerpt(row.source[:10_000], _EXCERPT, find_hidden=find_addresses),
        status=row.status,
        approved=approved,
        created_at=row.created_at,
    )
