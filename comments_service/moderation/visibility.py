"""Keeps what readers see true when a status changes: counts, stubs, the thread's version, the order of arrival."""

from typing import Any, cast

from sqlalchemy import Integer, Table, bindparam, case, or_, select, update
from sqlalchemy.orm import Session

from comments_service.storage.tables import Comment, Thread

_comments = cast(Table, Comment.__table__).c
_threads = cast(Table, Thread.__table__).c
_delta: Any = bindparam("delta", type_=Integer)
_arrived: Any = bindparam("arrived", type_=Integer)

_latest = select(_threads.arrivals).where(_threads.id == _comments.thread_id).scalar_subquery()
_SHOW = (
    update(cast(Table, Comment.__table__))
    .where(_comments.id == bindparam("comment"))
    .values(
        shown=or_(_comments.status == "approved", _comments.approved_descendants > 0),
        arrival=case((_comments.status == "approved", _latest)),
    )
)
# No parameter may have a column's name: an UPDATE would set that column to it.
_SHOW_ABOVE = (
    update(cast(Table, Comment.__table__))
    .where(_comments.id.in_(bindparam("above", expanding=True)))
    .values(
        approved_descendants=_comments.approved_descendants + _delta,
        shown=or_(_comments.status == "approved", _comments.approved_descendants + _delta > 0),
    )
)
_COUNT = (
    update(cast(Table, Thread.__table__))
    .where(_threads.id == bindparam("thread"))
    .values(
        count=_threads.count + _delta,
        version=_threads.version + 1,
        arrivals=_threads.arrivals + _arrived,
    )
)


def show_change(session: Session, comment: Comment, *, before: str, after: str) -> None:
    """Adjust counts for a comment that went from status `before` to `after`, in the caller's transaction.

    Adds and subtracts in SQL instead of writing values that were read: two decisions at once both count.
    """
    delta = (after == "approved") - (before == "approved")
    if delta == 0:
        # A stub that stays a stub looks the same whatever its status is.
        return
    connection = session.connection()
    # The thread first: the comment takes its number from there.
    connection.execute(_COUNT, {"thread": comment.thread_id, "delta": delta, "arrived": max(delta, 0)})
    connection.execute(_SHOW, {"comment": comment.id})
    if comment.ancestors:
        ancestors = [int(part) for part in comment.ancestors.split(".")]
        connection.execute(_SHOW_ABOVE, {"above": ancestors, "delta": delta})
