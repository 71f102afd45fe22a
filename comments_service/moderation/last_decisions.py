"""The latest decision about a comment: why it is where it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from comments_service.privacy.hide import hide_addresses
from comments_service.storage.tables import Decision, Moderator


@dataclass(frozen=True)
class LastDecision:
    """Why the comment is where it is. `by` is a moderator's name, empty for others."""

    id: int
    action: str
    actor: str
    by: str
    reason: str
    note: str
    from_status: str
    created_at: datetime


def last_decisions(session: Session, comment_ids: Iterable[int]) -> dict[int, LastDecision]:
    """The latest decision about each comment, by the comment's id."""
    latest = (
        select(func.max(Decision.id)).where(Decision.comment_id.in_(list(comment_ids))).group_by(Decision.comment_id)
    )
    rows = session.execute(
        select(Decision, Moderator.name)
        .outerjoin(Moderator, Moderator.id == Decision.moderator_id)
        .where(Decision.id.in_(latest))
    )
    return {
        row.comment_id: LastDecision(
            row.id,
            row.action,
            row.actor,
            by or "",
            row.reason,
            hide_addresses(row.note),
            row.from_status,
            row.created_at,
        )
        for row, by in rows
    }
