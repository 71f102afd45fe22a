"""Where in a thread one comment is shown: what stands before it, and the comments that lead down to it."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from comments_service.comments.cursors import Cursor
from comments_service.comments.order import Order
from comments_service.storage.tables import Comment


@dataclass(frozen=True, slots=True)
class Focus:
    """`before`: how many top-level comments stand before the one that holds it. `chain`: row ids down to it."""

    before: int
    chain: frozenset[int]


NOWHERE = Focus(0, frozenset())


def focus_on(session: Session, thread_id: int, public_id: str, top_level: ColumnElement[bool], order: Order) -> Focus:
    """The place of a shown comment among the `top_level` ones of its thread; NOWHERE for any other id."""
    comment = aliased(Comment)
    found = session.execute(
        select(comment.id, comment.ancestors, Comment.id.label("root"), order.key.label("order_key"))
        .join(Comment, Comment.id == func.coalesce(comment.root_id, comment.id))
        .where(comment.public_id == public_id, comment.thread_id == thread_id, comment.shown.is_(True))
    ).one_or_none()
    if found is None:
        return NOWHERE
    above = order.after(Cursor(found.order_key, found.root, backwards=True))
    before = session.scalar(select(func.count()).select_from(Comment).where(top_level, above)) or 0
    ancestors = (int(part) for part in found.ancestors.split(".") if part)
    return Focus(before, frozenset({found.id, *ancestors}))
