"""Votes: one a voter and comment, changeable, counted in the transaction that stores them."""

from datetime import datetime
from math import sqrt

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from comments_service.comments.edit import touch_thread
from comments_service.storage.locks import lock_threads
from comments_service.storage.tables import Comment, Vote
from comments_service.storage.upsert import insert_new

_Z = 1.959964  # 95 %


def wilson_lower_bound(up: int, down: int) -> float:
    """Lower bound of the 95 % interval for the share of up-votes (Wilson 1927): few votes count for little."""
    total = up + down
    if total == 0:
        return 0.0
    share, z2 = up / total, _Z * _Z
    spread = _Z * sqrt((share * (1 - share) + z2 / (4 * total)) / total)
    return (share + z2 / (2 * total) - spread) / (1 + z2 / total)


def vote(session: Session, comment: Comment, voter_digest: str, value: int, now: datetime) -> None:
    """Set the voter's vote to 1 or -1, or take it back with 0. The same vote again changes nothing."""
    lock_threads(session, Comment.id == comment.id)
    mine = (Vote.comment_id == comment.id, Vote.voter_digest == voter_digest)
    before = session.scalar(select(Vote.value).where(*mine)) or 0
    if before == value:
        return
    if value == 0:
        session.execute(delete(Vote).where(*mine))
    elif before == 0:
        row = {"comment_id": comment.id, "voter_digest": voter_digest, "value": value, "created_at": now}
        if insert_new(session, Vote, row, ["comment_id", "voter_digest"]) is None:
            return  # the same voter's other request was quicker
    else:
        session.execute(update(Vote).where(*mine).values(value=value, created_at=now))
    up = (value == 1) - (before == 1)
    down = (value == -1) - (before == -1)
    counts = session.execute(
        update(Comment)
        .where(Comment.id == comment.id)
        .values(up=Comment.up + up, down=Comment.down + down)
        .returning(Comment.up, Comment.down)
        .execution_options(synchronize_session=False)
    ).one()
    session.execute(
        update(Comment)
        .where(Comment.id == comment.id)
        .values(rank=wilson_lower_bound(counts.up, counts.down))
        .execution_options(synchronize_session=False)
    )
    touch_thread(session, comment.thread_id)
