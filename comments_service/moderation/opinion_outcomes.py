"""What becomes of open opinions and assignments when somebody decides about their comment, or takes that back.

Called in the decision's own transaction. What is settled bears the decision's moment, as in `settling`.
"""

from datetime import datetime
from typing import cast

from sqlalchemy import BindParameter, Table, and_, bindparam, case, exists, select, update
from sqlalchemy.orm import Session, aliased

from comments_service.moderation.transitions import AUTHOR, MODERATOR, SYSTEM
from comments_service.storage.tables import Assignment, Decision, Opinion

_opinions, _assignments = cast(Table, Opinion.__table__), cast(Table, Assignment.__table__)
_decision: BindParameter[int] = bindparam("decision")
_decided = {
    name: select(getattr(Decision, name)).where(Decision.id == _decision).scalar_subquery()
    for name in ("action", "reason", "revision")
}
_as_proposed = and_(Opinion.action == _decided["action"], Opinion.reason == _decided["reason"])
_OUTCOME = case(
    (Opinion.revision != _decided["revision"], "outdated"),
    (Opinion.action == "", "answered"),
    (_as_proposed, "confirmed"),
    else_="overruled",
)
_of_comment = (Opinion.comment_id == bindparam("comment"), Opinion.settled_at.is_(None))
_SETTLE = (
    update(_opinions).where(*_of_comment).values(settled_at=bindparam("now"), decision_id=_decision, outcome=_OUTCOME)
)
_OUTDATE = update(_opinions).where(*_of_comment).values(settled_at=bindparam("now"), outcome="outdated")
_newer, _other = aliased(Opinion), aliased(Assignment)
_REOPEN = (
    update(_opinions)
    .where(
        Opinion.comment_id == bindparam("comment"),
        Opinion.settled_at == bindparam("then"),
        Opinion.outcome.in_(("confirmed", "overruled", "answered")),
        # Who has said something about it since has an open one already.
        ~exists(
            select(_newer.id).where(
                _newer.comment_id == Opinion.comment_id,
                _newer.moderator_id == Opinion.moderator_id,
                _newer.settled_at.is_(None),
            )
        ),
    )
    .values(settled_at=None, decision_id=None, outcome="", read_at=None)
)
_DISCHARGE = (
    update(_assignments)
    .where(Assignment.comment_id == bindparam("comment"), Assignment.settled_at.is_(None))
    .values(settled_at=bindparam("now"))
)
_ASSIGN_AGAIN = (
    update(_assignments)
    .where(
        Assignment.comment_id == bindparam("comment"),
        Assignment.settled_at == bindparam("then"),
        ~exists(
            select(_other.id).where(_other.comment_id == Assignment.comment_id, _other.settled_at.is_(None)),
        ),
    )
    .values(settled_at=None)
)
_TEXT_GONE = ((AUTHOR, "edit"), (AUTHOR, "delete"), (SYSTEM, "erase"))


def settle_opinions(
    session: Session, comment_id: int, decision_id: int, *, actor: str, action: str, now: datetime
) -> None:
    """A moderator's decision settles them; one about a text that has changed or gone is outdated."""
    connection = session.connection()
    if actor == MODERATOR:
        connection.execute(_SETTLE, {"comment": comment_id, "decision": decision_id, "now": now})
        connection.execute(_DISCHARGE, {"comment": comment_id, "now": now})
    elif (actor, action) in _TEXT_GONE:
        connection.execute(_OUTDATE, {"comment": comment_id, "now": now})


def reopen_opinions(session: Session, comment_id: int, *, actor: str, then: datetime | None) -> None:
    """Open again what a moderator's decision of the moment `then` settled, which is taken back."""
    if actor == MODERATOR:
        session.connection().execute(_REOPEN, {"comment": comment_id, "then": then})
        session.connection().execute(_ASSIGN_AGAIN, {"comment": comment_id, "then": then})
