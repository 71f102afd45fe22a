"""Comments that a moderator chose: taken under lock one after the other, and what became of each.

What is done with each is the caller's: `bulk` decides, `opinions` keeps what somebody thinks, `assigning` hands on.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from comments_service.moderation.last_decisions import LastDecision, last_decisions
from comments_service.moderation.permissions import SiteIds, of_sites
from comments_service.storage.locks import lock_threads
from comments_service.storage.tables import Comment

DONE, MISSING, CONFLICT = "done", "missing", "conflict"


@dataclass(frozen=True)
class Seen:
    """What the moderator had before their eyes when they decided."""

    revision: int
    status: str


@dataclass(frozen=True)
class Result:
    """What became of one id: done, missing, or conflict. `status` is the comment's now (empty when missing).

    On a conflict `why` is edited or decided, and `last` the decision that was quicker.
    """

    public_id: str
    result: str
    status: str = ""
    decision_id: int | None = None
    why: str = ""
    last: LastDecision | None = None


def for_each(session: Session, ids: Sequence[str], site_ids: SiteIds, act: Callable[[Comment], Result]) -> list[Result]:
    """Call `act` with each comment, in the order of their ids; results in the order of `ids`, repeated ids once.

    Threads are locked first, so that whoever decides meanwhile waits. Comments of other sites are missing.
    """
    wanted = list(dict.fromkeys(ids))
    lock_threads(session, Comment.public_id.in_(wanted))
    rows = session.scalars(
        select(Comment)
        .where(Comment.public_id.in_(wanted), of_sites(Comment.site_id, site_ids))
        .order_by(Comment.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).all()
    results = {row.public_id: act(row) for row in rows}
    return [results.get(public_id, Result(public_id, MISSING)) for public_id in wanted]


def conflict(session: Session, comment: Comment, why: str) -> Result:
    """The result for a comment that is no longer what was seen; `why` is edited or decided."""
    last = last_decisions(session, [comment.id]).get(comment.id)
    return Result(comment.public_id, CONFLICT, comment.status, why=why, last=last)
