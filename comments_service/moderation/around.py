"""The discussion around one comment: what it answers, up to the top, its neighbours, and the answers to it.

A few of each, by the tree's own indexes, so that a thread of any size costs the same.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from comments_service.content.excerpt import excerpt
from comments_service.moderation.permissions import SiteIds, of_sites
from comments_service.privacy.hide import find_addresses
from comments_service.storage.tables import Comment

MOST_ABOVE = 20  # of a deep branch, those nearest to the comment
_NEIGHBOURS = 3  # on either side
_ANSWERS = 5
_EXCERPT = 600  # characters


@dataclass(frozen=True, slots=True)
class Voice:
    """One comment of the discussion, shortened; addresses in it are hidden."""

    public_id: str
    name: str
    excerpt: str
    status: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Around:
    """`above` from the top down to the parent, `before` and `after` on the same level, `answers` directly below."""

    above: tuple[Voice, ...]
    before: tuple[Voice, ...]
    after: tuple[Voice, ...]
    answers: tuple[Voice, ...]


def around(session: Session, public_id: str, *, site_ids: SiteIds) -> Around | None:
    """What stands around a comment, or None where there is none of this id on these sites."""
    statement = select(Comment).where(Comment.public_id == public_id, of_sites(Comment.site_id, site_ids))
    row = session.scalar(statement)
    if row is None:
        return None
    return Around(
        above=_above(session, row),
        before=_neighbours(session, row, before=True)[::-1],
        after=_neighbours(session, row, before=False),
        answers=_voices(session, Comment.parent_id == row.id, most=_ANSWERS),
    )


def _above(session: Session, row: Comment) -> tuple[Voice, ...]:
    ids = [int(part) for part in row.ancestors.split(".") if part][-MOST_ABOVE:]
    # Answering deeper than the tree goes puts a comment beside the one that it answers.
    if row.in_reply_to_id is not None and row.in_reply_to_id not in ids:
        ids.append(row.in_reply_to_id)
    found = {each.id: _voice(each) for each in session.scalars(select(Comment).where(Comment.id.in_(ids)))}
    return tuple(found[number] for number in ids if number in found)


def _neighbours(session: Session, row: Comment, *, before: bool) -> tuple[Voice, ...]:
    at, number = Comment.created_at, Comment.id
    if before:
        beyond = or_(at < row.created_at, and_(at == row.created_at, number < row.id))
    else:
        beyond = or_(at > row.created_at, and_(at == row.created_at, number > row.id))
    level = Comment.parent_id == row.parent_id if row.parent_id else Comment.parent_id.is_(None)
    same = and_(Comment.thread_id == row.thread_id, level, Comment.id != (row.in_reply_to_id or 0))
    return _voices(session, and_(same, beyond), most=_NEIGHBOURS, descending=before)


def _voices(
    session: Session, condition: ColumnElement[bool], *, most: int, descending: bool = False
) -> tuple[Voice, ...]:
    at, number = Comment.created_at, Comment.id
    order = (at.desc(), number.desc()) if descending else (at.asc(), number.asc())
    return tuple(map(_voice, session.scalars(select(Comment).where(condition).order_by(*order).limit(most))))


def _voice(row: Comment) -> Voice:
    text = excerpt(row.source, _EXCERPT, find_hidden=find_addresses)
    return Voice(row.public_id, row.name, text, row.status, row.created_at)
