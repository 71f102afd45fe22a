"""One approved comment by itself, as readers get it: above the form that answers it, above the rest of its replies."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from comments_service.comments.public import public_comment
from comments_service.comments.read import html_of
from comments_service.storage.tables import Comment


def single_comment(session: Session, thread_id: int, public_id: str) -> dict[str, Any] | None:
    """The contract's Comment without parent and replies; None unless it is shown in this thread."""
    row = session.scalar(select(Comment).where(Comment.public_id == public_id, Comment.thread_id == thread_id))
    if row is None or row.status != "approved":
        return None
    return public_comment(row, html_of(row), None, [], 0)
