"""People's decisions of a period, each beside what the machine had said of the same text. Read on: `agreement`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from comments_service.moderation.permissions import SiteIds
from comments_service.storage.tables import Comment, Decision, Moderator

# More would make a page slow that is looked at in passing; where it is cut, the page says so.
MOST = 20_000
_REMOVING = frozenset({"reject", "spam", "delete"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """One decision of a person. `undone`: somebody took it back. Without a machine's judgement `machine_action` is "".

    `stream` is how the machine's judgement came before a person: queue, audit, or empty.
    """

    decision_id: int
    comment: str
    revision: int
    moderator_id: int
    moderator: str
    action: str
    from_status: str
    undone: bool
    written_at: datetime
    decided_at: datetime
    machine_action: str
    machine_reason: str
    model: str | None
    scores: dict[str, float] | None
    stream: str

    @property
    def removed(self) -> bool:
        return self.action in _REMOVING


def verdicts(session: Session, site_ids: SiteIds, begin: datetime) -> list[Verdict]:
    """The newest MOST decisions of people since `begin`, newest first."""
    judged, undoing = aliased(Decision), aliased(Decision)
    same_text = and_(
        judged.comment_id == Decision.comment_id, judged.revision == Decision.revision, judged.actor == "machine"
    )
    statement = (
        select(
            Decision.id,
            Comment.public_id,
            Decision.revision,
            Decision.moderator_id,
            Moderator.name,
            Decision.action,
            Decision.from_status,
            undoing.id.is_not(None),
            Comment.created_at,
            Decision.created_at,
            func.coalesce(judged.action, ""),
            func.coalesce(judged.reason, ""),
            judged.model,
            judged.scores,
            func.coalesce(judged.stream, ""),
        )
        .join(Comment, Comment.id == Decision.comment_id)
        .join(Moderator, Moderator.id == Decision.moderator_id)
        .outerjoin(judged, same_text)
        .outerjoin(undoing, undoing.undo_of == Decision.id)
        .where(
            Decision.site_id.in_(site_ids),
            Decision.created_at >= begin,
            Decision.actor == "moderator",
            Decision.action.in_(("approve", *sorted(_REMOVING))),
        )
        .order_by(Decision.created_at.desc(), Decision.id.desc())
        .limit(MOST)
    )
    return [_verdict(*row) for row in session.execute(statement)]


def _verdict(*values: Any) -> Verdict:
    return Verdict(*values)
