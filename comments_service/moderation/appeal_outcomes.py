"""What a decision about a comment makes of its author's open appeals. Deciding about an appeal itself: `appeals`.

As with all that a decision settles, an appeal bears the decision's own moment, by which taking it back finds it again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, update
from sqlalchemy.orm import Session

from comments_service.moderation.standing import REMOVED
from comments_service.moderation.transitions import AUTHOR, MACHINE, MODERATOR, SYSTEM
from comments_service.notifications.author_mail import promise_objection_mail
from comments_service.storage.tables import Appeal, AppealStep
from comments_service.storage.upsert import insert_rows

_SETTLE = (
    update(cast(Table, Appeal.__table__))
    .where(Appeal.comment_id == bindparam("comment"), Appeal.settled_at.is_(None))
    .values(settled_at=bindparam("now"))
    .returning(Appeal.id)
)
_REOPEN = (
    update(cast(Table, Appeal.__table__))
    .where(Appeal.comment_id == bindparam("comment"), Appeal.settled_at == bindparam("then"))
    .values(settled_at=None)
    .returning(Appeal.id)
)
_BY_ITS_AUTHOR = ((AUTHOR, "delete"), (SYSTEM, "erase"))


@dataclass(frozen=True, slots=True)
class Deed:
    """A decision that has just been logged. `moderator_id` is its maker, None where that was no moderator."""

    decision_id: int
    comment_id: int
    actor: str
    action: str
    to_status: str
    moderator_id: int | None
    at: datetime

    def removes_as_reasoned(self, before: str) -> bool:
        """Whether it takes a comment that stood as `before` from its readers, for a reason that its author is owed.

        What was called spam is left out: a mail would tell a robot that its address is read.
        """
        decided = self.actor in {MACHINE, MODERATOR} and self.action not in {"undo", "spam"}
        return decided and self.to_status in REMOVED and before not in REMOVED


def settle_appeals(session: Session, deed: Deed) -> None:
    """Close the comment's open appeals where this decision leaves nothing to decide about them.

    An author has got what was asked for once a person has let the comment go, whoever that was; and has dropped it by
    deleting the comment. Removing it once more is no answer to an objection: that stays open.
    """
    granted = deed.actor == MODERATOR and deed.to_status not in REMOVED
    if not granted and (deed.actor, deed.action) not in _BY_ITS_AUTHOR:
        return
    found = session.connection().execute(_SETTLE, {"comment": deed.comment_id, "now": deed.at})
    _note(session, found.scalars().all(), "reversed" if granted else "dropped", deed)


def reopen_appeals(session: Session, deed: Deed, *, then: datetime | None) -> None:
    """Open again what the decision of the moment `then` closed, which this one takes back."""
    found = session.connection().execute(_REOPEN, {"comment": deed.comment_id, "then": then})
    _note(session, found.scalars().all(), "reopened", deed)


def _note(session: Session, appeals: Sequence[int], outcome: str, deed: Deed) -> None:
    row = {
        "outcome": outcome,
        "moderator_id": deed.moderator_id,
        "decision_id": deed.decision_id,
        "alone": False,
        "answer": "",
        "created_at": deed.at,
    }
    insert_rows(session, AppealStep, [{"appeal_id": appeal_id, **row} for appeal_id in appeals])
    if outcome == "reversed":
        for appeal_id in appeals:
            promise_objection_mail(session, appeal_id, deed.at, settled=True)
