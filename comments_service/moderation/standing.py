"""Which decisions hold about a comment: its log, without what was taken back.

The log itself never changes; taking back adds a row. Whoever asks "why is it as it is" asks here.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from comments_service.storage.tables import Decision

REMOVED = frozenset({"rejected", "spam", "deleted"})


def log_of(session: Session, comment_id: int) -> list[Decision]:
    """Every decision about one comment, oldest first, those that were taken back included."""
    statement = select(Decision).where(Decision.comment_id == comment_id).order_by(Decision.id)
    return list(session.scalars(statement))


def standing(log: Sequence[Decision]) -> list[Decision]:
    """What holds of a comment's `log`, oldest first. Only the latest decision can be taken back, so this is a stack."""
    held: list[Decision] = []
    for row in log:
        if row.undo_of is None:
            held.append(row)
        elif held and held[-1].id == row.undo_of:
            held.pop()
    return held
