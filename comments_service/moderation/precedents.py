"""What people decided earlier about comments like one: the same text, the same address, a link to the same place.

A few of each, newest first, by indexes or among the latest decisions only. Likeness of wording is not looked at here.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from comments_service.content.excerpt import excerpt
from comments_service.content.links import find_links
from comments_service.moderation.bulk import ACTIONS
from comments_service.moderation.permissions import SiteIds, of_sites
from comments_service.moderation.transitions import MODERATOR
from comments_service.privacy.hide import find_addresses
from comments_service.storage.tables import Comment, Decision, Moderator

SAME_TEXT, SAME_ADDRESS, SAME_LINK = "same_text", "same_address", "same_link"
_MOST = 3
_EARLIER = 50  # comments of a text or an address that are looked at
_LATEST = 2000  # decisions among which a link is looked for
_EXCERPT = 160  # characters


@dataclass(frozen=True, slots=True)
class Precedent:
    """A decision about another comment that stands. `likeness` is one of the codes above, `by` a moderator's name."""

    public_id: str
    likeness: str
    author_name: str
    excerpt: str
    action: str
    reason: str
    by: str
    created_at: datetime


def precedents(session: Session, public_id: str, *, site_ids: SiteIds) -> tuple[Precedent, ...]:
    """Up to three decisions about comments like this one, the likest first; of the same site, and not taken back."""
    statement = select(Comment).where(Comment.public_id == public_id, of_sites(Comment.site_id, site_ids))
    row = session.scalar(statement)
    if row is None:
        return ()
    found: dict[str, Precedent] = {}
    for likeness, comments in _alike(row):
        for precedent in _decided(session, likeness, comments, Comment.id != row.id):
            found.setdefault(precedent.public_id, precedent)
        if len(found) >= _MOST:
            break
    return tuple(found.values())[:_MOST]


def _alike(row: Comment) -> list[tuple[str, ColumnElement[bool]]]:
    newest = (Comment.created_at.desc(),)
    text = select(Comment.id).where(Comment.site_id == row.site_id, Comment.text_digest == row.text_digest)
    alike: list[tuple[str, ColumnElement[bool]]] = [(SAME_TEXT, Comment.id.in_(text.order_by(*newest).limit(_EARLIER)))]
    if row.address_id is not None:
        address = select(Comment.id).where(Comment.address_id == row.address_id)
        alike.append((SAME_ADDRESS, Comment.id.in_(address.order_by(*newest).limit(_EARLIER))))
    if places := _linked_places(row.source):
        latest = select(Decision.comment_id).order_by(Decision.id.desc()).limit(_LATEST)
        linking = or_(*(Comment.source.contains(place, autoescape=True) for place in places))
        alike.append((SAME_LINK, and_(Comment.site_id == row.site_id, Comment.id.in_(latest), linking)))
    return alike


def _linked_places(source: str) -> list[str]:
    hosts = (urlsplit(link.href).hostname or "" for link in find_links(source))
    return list(dict.fromkeys(host.removeprefix("www.") for host in hosts if host))[:_MOST]


def _decided(
    session: Session, likeness: str, comments: ColumnElement[bool], other: ColumnElement[bool]
) -> list[Precedent]:
    rows = session.execute(_standing().where(comments, other).order_by(Decision.id.desc()).limit(_MOST))
    return [
        Precedent(
            comment.public_id,
            likeness,
            comment.name,
            excerpt(comment.source, _EXCERPT, find_hidden=find_addresses),
            decision.action,
            decision.reason,
            by or "",
            decision.created_at,
        )
        for decision, comment, by in rows
    ]


def _standing() -> "Select[*tuple[Any, ...]]":
    """People's decisions, each the last word about its comment's present text."""
    later = aliased(Decision)
    overruled = select(later.id).where(later.comment_id == Decision.comment_id, later.id > Decision.id).exists()
    return (
        select(Decision, Comment, Moderator.name)
        .join(Comment, Comment.id == Decision.comment_id)
        .outerjoin(Moderator, Moderator.id == Decision.moderator_id)
        .where(Decision.actor == MODERATOR, Decision.action.in_(ACTIONS), ~overruled)
        .where(Decision.revision == Comment.revision)
    )
