"""Keeps what readers see true when a status changes: counts, stubs above approved replies, the thread's version."""

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from comments_service.storage.tables import Comment, Thread


def show_change(session: Session, comment: Comment, *, before: str, after: str) -> None:
    """Adjust counts for a comment that went from status `before` to `after`, in the caller's transaction.

    Adds and subtracts in SQL instead of writing values that were read: two decisions at once both count.
    """
    delta = (after == "approved") - (before == "approved")
    if delta == 0:
        # A stub that stays a stub looks the same whatever its status is.
        return
    session.execute(
        update(Comment)
        .where(Comment.id == comment.id)
        .values(shown=or_(Comment.status == "approved", Comment.approved_descendants > 0))
        .execution_options(synchronize_session=False)
    )
    if comment.ancestors:
        remaining = Comment.approved_descendants + delta
        session.execute(
            update(Comment)
            .where(Comment.id.in_([int(part) for part in comment.ancestors.split(".")]))
            .values(approved_descendants=remaining, shown=or_(Comment.status == "approved", remaining > 0))
            .execution_options(synchronize_session=False)
        )
    session.execute(
        update(Thread)
        .where(Thread.id == comment.thread_id)
        .values(count=Thread.count + delta, version=Thread.version + 1)
        .execution_options(synchronize_session=False)
    )
