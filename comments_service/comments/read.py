"""What readers get: a page of a thread, counts, the newest comments. Only approved comments, and stubs above them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from comments_service.comments.cursors import BadCursor, Cursor, decode
from comments_service.comments.focus import NOWHERE, focus_on
from comments_service.comments.order import SORTS, Order
from comments_service.comments.public_rows import VISIBLE, html_of, select_comments
from comments_service.comments.thread_tree import tree
from comments_service.storage.tables import Comment, Site, Thread

MOST_REPLIES = 50  # of one comment in one answer; `replies_cursor` leads to the rest


@dataclass(frozen=True)
class Page:
    """One page of a thread as the contract's Comments, and the cursors beside it (None = nothing is there)."""

    comments: list[dict[str, Any]]
    next_cursor: str | None
    previous_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class _Rows:
    """The comments of one page in their order, and whether there are any before and after them."""

    rows: Sequence[Any]
    before: bool
    after: bool


def page_of(
    session: Session, thread_id: int, *, sort: str, cursor: str, limit: int, below: str = "", focus: str = ""
) -> Page:
    """Comments of a thread with their replies: top-level ones, or those `below` a comment (public id).

    `focus` is a comment (public id) that the page must hold, with all that it answers; the first page where it is not
    shown. It goes with neither `cursor` nor `below`. Costs two statements whatever the thread's size, with `focus`
    four. Raises BadCursor.
    """
    order = Order(sort)
    parent = _place_of(session, thread_id, below) if below else None
    if below and parent is None:
        return Page([], None)
    where = Comment.parent_id == parent.id if parent else Comment.parent_id.is_(None)
    siblings = and_(Comment.thread_id == thread_id, where, VISIBLE)
    focused = focus_on(session, thread_id, focus, siblings, order) if focus else NOWHERE
    place = decode(sort, cursor) if cursor else None
    found = (
        _beside(session, siblings, order, place, limit)
        if place
        else _from(session, siblings, order, focused.before // limit * limit, limit)
    )
    replies = _replies_below(session, [row.id for row in found.rows], parent, focused.chain)
    comments = tree(found.rows, replies, below or None, html_of, MOST_REPLIES)
    return Page(comments, *_cursors(found, order, place))


def _from(session: Session, siblings: ColumnElement[bool], order: Order, offset: int, limit: int) -> _Rows:
    """The page that begins with the comment after `offset` others."""
    statement = select_comments(order.key.label("order_key")).where(siblings)
    rows = session.execute(order.sorted(statement, backwards=False).offset(offset).limit(limit + 1)).all()
    return _Rows(rows[:limit], before=offset > 0, after=len(rows) > limit)


def _beside(session: Session, siblings: ColumnElement[bool], order: Order, place: Cursor, limit: int) -> _Rows:
    """The page that begins after a place, or ends before it."""
    others = select(Comment.id).where(siblings, ~order.after(place)).correlate(None).exists()
    statement = select_comments(order.key.label("order_key"), others.label("others"))
    statement = statement.where(siblings, order.after(place))
    rows = session.execute(order.sorted(statement, backwards=place.backwards).limit(limit + 1)).all()
    more, behind = len(rows) > limit, bool(rows) and bool(rows[0].others)
    if place.backwards:
        return _Rows(rows[:limit][::-1], before=more, after=behind)
    return _Rows(rows[:limit], before=behind, after=more)


def _cursors(found: _Rows, order: Order, place: Cursor | None) -> tuple[str | None, str | None]:
    """Cursors of the next page and of the previous one."""
    if not found.rows:
        if place is None:
            return None, None
        return (order.turned(place), None) if place.backwards else (None, order.turned(place))
    return (
        order.cursor(found.rows[-1], backwards=False) if found.after else None,
        order.cursor(found.rows[0], backwards=True) if found.before else None,
    )


def _place_of(session: Session, thread_id: int, public_id: str) -> Any:
    columns = (Comment.id, Comment.root_id, Comment.ancestors)
    return session.execute(
        select(*columns).where(Comment.public_id == public_id, Comment.thread_id == thread_id)
    ).one_or_none()


def _replies_below(session: Session, ids: list[int], parent: Any, chain: Collection[int]) -> Sequence[Any]:
    """Shown descendants of the comments `ids` (top-level, or replies of `parent`), at most MOST_REPLIES of each.

    Those in `chain` are there however many come before them.
    """
    if not ids:
        return []
    if parent is None:
        below: ColumnElement[bool] = Comment.root_id.in_(ids)
    else:
        path = f"{parent.ancestors}.{parent.id}" if parent.ancestors else str(parent.id)
        below = and_(Comment.root_id == (parent.root_id or parent.id), Comment.ancestors.like(f"{path}.%"))
    place = func.row_number().over(partition_by=Comment.parent_id, order_by=(Comment.created_at, Comment.id))
    siblings = func.count().over(partition_by=Comment.parent_id)
    ranked = select_comments(place.label("place"), siblings.label("siblings")).where(below, VISIBLE).subquery()
    wanted: ColumnElement[bool] = ranked.c.place <= MOST_REPLIES
    if chain:
        wanted = or_(wanted, ranked.c.id.in_(chain))
    return session.execute(select(ranked).where(wanted).order_by(ranked.c.created_at, ranked.c.id)).all()


def counts(session: Session, site_id: int, urls: list[str]) -> dict[str, int]:
    """Approved comments by canonical URL; URLs without a thread are left out."""
    statement = select(Thread.url, Thread.count).where(Thread.site_id == site_id, Thread.url.in_(urls))
    return {row.url: row[1] for row in session.execute(statement)}


def newest(session: Session, site: Site, thread_id: int | None, limit: int) -> Any:
    """The newest approved comments of a site or of one thread, with their thread's URL and title, for feeds."""
    statement = (
        select_comments(Thread.url, Thread.title)
        .join(Thread, Thread.id == Comment.thread_id)
        .where(Comment.site_id == site.id, Comment.status == "approved")
    )
    if thread_id is not None:
        statement = statement.where(Comment.thread_id == thread_id)
    return session.execute(statement.order_by(Comment.created_at.desc(), Comment.id.desc()).limit(limit)).all()


__all__ = ["MOST_REPLIES", "SORTS", "BadCursor", "Page", "counts", "html_of", "newest", "page_of"]
