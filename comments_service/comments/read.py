"""What readers get: a page of a thread, counts, the newest comments. Only approved comments, and stubs above them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from comments_service.comments.cursors import BadCursor, decode, encode
from comments_service.comments.public import COLUMNS
from comments_service.comments.submit import rendered
from comments_service.comments.thread_tree import tree
from comments_service.content.render import RENDERER_VERSION
from comments_service.storage.tables import Comment, Site, Thread

SORTS = ("oldest", "newest", "top")
MOST_REPLIES = 50  # of one comment in one answer; `replies_cursor` leads to the rest

_COLUMNS = [getattr(Comment, name) for name in COLUMNS]
_VISIBLE = Comment.shown.is_(True)
_ANSWERED = aliased(Comment, name="answered")
_ANSWERS_ANOTHER = and_(
    _ANSWERED.id == Comment.in_reply_to_id,
    or_(Comment.parent_id.is_(None), Comment.parent_id != Comment.in_reply_to_id),
)


@dataclass(frozen=True)
class Page:
    """One page of a thread as the contract's Comments, and the cursor of the next (None = this was the last)."""

    comments: list[dict[str, Any]]
    next_cursor: str | None


def html_of(row: Any) -> str:
    """The stored HTML; made anew where an older renderer made it, so that a sanitiser's fix reaches every comment."""
    return cast(str, row.html) if row.html_version == RENDERER_VERSION else rendered(row.source)


def page_of(session: Session, thread_id: int, *, sort: str, cursor: str, limit: int, below: str = "") -> Page:
    """Comments of a thread with their replies: top-level ones, or those `below` a comment (public id).

    Costs two statements whatever the thread's size. Raises BadCursor.
    """
    parent = _place_of(session, thread_id, below) if below else None
    if below and parent is None:
        return Page([], None)
    where = Comment.parent_id == parent.id if parent else Comment.parent_id.is_(None)
    statement = _select_comments().where(Comment.thread_id == thread_id, where, _VISIBLE)
    rows = session.execute(_ordered(statement, sort, cursor).limit(limit + 1)).all()
    shown, more = rows[:limit], len(rows) > limit
    replies = _replies_below(session, [row.id for row in shown], parent)
    comments = tree(shown, replies, below or None, html_of, MOST_REPLIES)
    last = shown[-1] if shown else None
    return Page(comments, encode(sort, _key(last, sort), last.id) if more and last is not None else None)


def _select_comments(*further: Any) -> "Select[Any]":
    """All columns of a public comment, and whom it answers where that is not the comment above it."""
    answered = (
        _ANSWERED.public_id.label("answered_id"),
        _ANSWERED.name.label("answered_name"),
        _ANSWERED.status.label("answered_status"),
    )
    return select(*_COLUMNS, *answered, *further).outerjoin(_ANSWERED, _ANSWERS_ANOTHER)


def _ordered(statement: "Select[Any]", sort: str, cursor: str) -> "Select[Any]":
    key: Any = Comment.rank if sort == "top" else Comment.created_at
    descending = sort != "oldest"
    if cursor:
        place = decode(sort, cursor)
        past: ColumnElement[bool] = key < place.key if descending else key > place.key
        tie = Comment.id < place.row_id if descending else Comment.id > place.row_id
        statement = statement.where(or_(past, and_(key == place.key, tie)))
    if sort == "top":
        statement = statement.add_columns(Comment.rank)
    if descending:
        return statement.order_by(key.desc(), Comment.id.desc())
    return statement.order_by(key, Comment.id)


def _key(row: "Row[Any]", sort: str) -> datetime | float:
    return cast("datetime | float", row.rank if sort == "top" else row.created_at)


def _place_of(session: Session, thread_id: int, public_id: str) -> Any:
    columns = (Comment.id, Comment.root_id, Comment.ancestors)
    return session.execute(
        select(*columns).where(Comment.public_id == public_id, Comment.thread_id == thread_id)
    ).one_or_none()


def _replies_below(session: Session, ids: list[int], parent: Any) -> Any:
    """Shown descendants of the comments `ids` (top-level, or replies of `parent`), at most MOST_REPLIES of each."""
    if not ids:
        return []
    if parent is None:
        below: ColumnElement[bool] = Comment.root_id.in_(ids)
    else:
        path = f"{parent.ancestors}.{parent.id}" if parent.ancestors else str(parent.id)
        below = and_(Comment.root_id == (parent.root_id or parent.id), Comment.ancestors.like(f"{path}.%"))
    place = func.row_number().over(partition_by=Comment.parent_id, order_by=(Comment.created_at, Comment.id))
    siblings = func.count().over(partition_by=Comment.parent_id)
    ranked = _select_comments(place.label("place"), siblings.label("siblings")).where(below, _VISIBLE).subquery()
    outer = select(ranked).where(ranked.c.place <= MOST_REPLIES)
    return session.execute(outer.order_by(ranked.c.created_at, ranked.c.id)).all()


def counts(session: Session, site_id: int, urls: list[str]) -> dict[str, int]:
    """Approved comments by canonical URL; URLs without a thread are left out."""
    statement = select(Thread.url, Thread.count).where(Thread.site_id == site_id, Thread.url.in_(urls))
    return {row.url: row[1] for row in session.execute(statement)}


def newest(session: Session, site: Site, thread_id: int | None, limit: int) -> Any:
    """The newest approved comments of a site or of one thread, with their thread's URL and title, for feeds."""
    statement = (
        select(*_COLUMNS, Thread.url, Thread.title)
        .join(Thread, Thread.id == Comment.thread_id)
        .where(Comment.site_id == site.id, Comment.status == "approved")
    )
    if thread_id is not None:
        statement = statement.where(Comment.thread_id == thread_id)
    return session.execute(statement.order_by(Comment.created_at.desc(), Comment.id.desc()).limit(limit)).all()


__all__ = ["MOST_REPLIES", "SORTS", "BadCursor", "Page", "counts", "html_of", "newest", "page_of"]
