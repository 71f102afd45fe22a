"""One moderator's word on many comments at once. What cannot be done is told for each; the rest is done.

Here one transaction's worth; `batches` goes through more of them, and names what belongs together.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from comments_service.moderation.chosen import DONE, Result, Seen, conflict, for_each
from comments_service.moderation.decide import Conflict, Decided, decide, undo
from comments_service.moderation.last_decisions import last_decisions
from comments_service.moderation.permissions import SiteIds
from comments_service.moderation.transitions import MODERATOR
from comments_service.storage.tables import Comment

ACTIONS = ("approve", "reject", "spam", "delete")


def decide_many(
    session: Session,
    ids: Sequence[str],
    action: str,
    *,
    moderator_id: int,
    site_ids: SiteIds,
    now: datetime,
    seen: Mapping[str, Seen] | None = None,
    reason: str = "",
    note: str = "",
    batch: str | None = None,
) -> list[Result]:
    """Carry out one of ACTIONS on each comment; results in the order of `ids`, repeated ids once.

    A comment that is no longer as `seen` is left alone, so that nobody overrules a colleague unknowingly or judges
    a text they have not read. Comments of other sites are missing.
    """
    expected = seen or {}

    def one(comment: Comment) -> Decided:
        known = expected.get(comment.public_id)
        if known is not None and (known.revision, known.status) != (comment.revision, comment.status):
            raise Conflict(comment.public_id, comment.status, comment.revision)
        return decide(
            session,
            comment.id,
            actor=MODERATOR,
            action=action,
            now=now,
            moderator_id=moderator_id,
            reason=reason if action == "reject" else "",
            note=note,
            batch=batch,
        )

    return _for_each(session, ids, site_ids, expected, one)


def undo_many(
    session: Session,
    ids: Sequence[str],
    *,
    moderator_id: int,
    site_ids: SiteIds,
    now: datetime,
    decisions: Mapping[str, int] | None = None,
    note: str = "",
    batch: str | None = None,
) -> list[Result]:
    """Take back the latest decision about each comment where a moderator took it.

    `decisions` (by comment) names the very decisions that are meant; one that is no longer the latest is a conflict.
    """
    expected = decisions or {}

    def one(comment: Comment) -> Decided:
        last = last_decisions(session, [comment.id]).get(comment.id)
        wanted = expected.get(comment.public_id, last.id if last else 0)
        # An undo is not undone: pressing the key twice must not bring the decision back.
        if last is None or last.action == "undo" or wanted != last.id:
            raise Conflict(comment.public_id, comment.status, comment.revision)
        return undo(session, last.id, moderator_id=moderator_id, now=now, note=note, batch=batch)

    return _for_each(session, ids, site_ids, {}, one)


def _for_each(
    session: Session,
    ids: Sequence[str],
    site_ids: SiteIds,
    expected: Mapping[str, Seen],
    decide_one: Callable[[Comment], Decided],
) -> list[Result]:
    def one(comment: Comment) -> Result:
        seen = expected.get(comment.public_id)
        try:
            done = decide_one(comment)
        except Conflict as found:
            edited = seen is not None and seen.revision != found.revision
            return conflict(session, comment, "edited" if edited else "decided")
        return Result(done.public_id, DONE, done.to_status, decision_id=done.decision_id)

    return for_each(session, ids, site_ids, one)
