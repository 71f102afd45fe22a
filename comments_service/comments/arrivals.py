"""What became visible in a thread since a reader looked: few comments, in the order in which they arrived."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from comments_service.comments.public import in_reply_to, public_comment
from comments_service.comments.public_rows import html_of, select_comments
from comments_service.storage.tables import Comment, Thread

MOST_ARRIVALS = 100

_PARENT = aliased(Comment, name="parent")
_REPLY = aliased(Comment, name="reply")
_REPLIES = (
    select(func.count())
    .select_from(_REPLY)
    .where(_REPLY.parent_id == Comment.id, _REPLY.shown.is_(True))
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The contract's Comments without their replies, and the number of the last arrival that these reach to."""

    comments: list[dict[str, Any]]
    reached: int


def arrivals_after(session: Session, thread: Thread, seen: int) -> Arrivals:
    """Approved comments that became visible after the arrival `seen`, at most MOST_ARRIVALS.

    One that was hidden meanwhile and approved again arrives again. Costs one statement.
    """
    statement = (
        select_comments(Comment.arrival, _PARENT.public_id.label("parent"), _REPLIES.label("replies"))
        .outerjoin(_PARENT, _PARENT.id == Comment.parent_id)
        .where(Comment.thread_id == thread.id, Comment.arrival > seen, Comment.status == "approved")
        .order_by(Comment.arrival)
        .limit(MOST_ARRIVALS)
    )
    rows = session.execute(statement).all()
    comments = [
        public_comment(row, html_of(row), row.parent, [], row.replies, answered=in_reply_to(row)) for row in rows
    ]
    # Where these are not all, the reader goes on from the last of them.
    reached = rows[-1].arrival if rows else 0
    return Arrivals(comments, reached if len(rows) == MOST_ARRIVALS else max(reached, thread.arrivals))
