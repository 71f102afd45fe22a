"""What a decision settles besides the comment itself: readers' reports, notices of illegal content, second looks,
and (in `opinion_outcomes`) what colleagues think of it.

What is settled bears the decision's own moment, so that taking the decision back finds it and opens it again.
"""

from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, exists, select, update
from sqlalchemy.orm import Session, aliased

from comments_service.moderation.opinion_outcomes import reopen_opinions, settle_opinions
from comments_service.moderation.transitions import AUTHOR, MODERATOR, SYSTEM
from comments_service.notifications.decision_mail import promise_decision_mails
from comments_service.storage.tables import Notice, Report, SecondLook

_SETTLE_REPORTS = (
    update(cast(Table, Report.__table__))
    .where(Report.comment_id == bindparam("comment"), Report.settled_at.is_(None))
    .values(settled_at=bindparam("now"))
)
_SETTLE_LOOKS = (
    update(cast(Table, SecondLook.__table__))
    .where(SecondLook.comment_id == bindparam("comment"), SecondLook.settled_at.is_(None))
    .values(settled_at=bindparam("now"))
)
_SETTLE_NOTICES = (
    update(cast(Table, Notice.__table__))
    .where(Notice.comment_id == bindparam("comment"), Notice.settled_at.is_(None))
    .values(settled_at=bindparam("now"))
    .returning(Notice.reference, Notice.sealed)
)
_REOPEN_REPORTS = (
    update(cast(Table, Report.__table__))
    .where(Report.comment_id == bindparam("comment"), Report.settled_at == bindparam("then"))
    .values(settled_at=None)
)
_newer = aliased(Notice)
_REOPEN_NOTICES = (
    update(cast(Table, Notice.__table__))
    .where(
        Notice.comment_id == bindparam("comment"),
        Notice.settled_at == bindparam("then"),
        # Who has given notice again since has an open one already.
        ~exists(
            select(_newer.id).where(
                _newer.comment_id == Notice.comment_id,
                _newer.notifier == Notice.notifier,
                _newer.settled_at.is_(None),
            )
        ),
    )
    .values(settled_at=None)
)

_BY_ITS_AUTHOR = ((AUTHOR, "delete"), (SYSTEM, "erase"))


def settle(session: Session, comment_id: int, decision_id: int, *, actor: str, action: str, now: datetime) -> None:
    """Settle what was open about a comment, and promise the notifiers a mail about this decision.

    A moderator settles everything. What its author deletes or has erased leaves nothing to decide about the notices.
    """
    connection = session.connection()
    values = {"comment": comment_id, "now": now}
    if actor == MODERATOR:
        connection.execute(_SETTLE_REPORTS, values)
        connection.execute(_SETTLE_LOOKS, values)
    if actor == MODERATOR or (actor, action) in _BY_ITS_AUTHOR:
        settled = connection.execute(_SETTLE_NOTICES, values).all()
        named = [row.reference for row in settled if row.sealed is not None]
        promise_decision_mails(session, named, decision_id, now)
    settle_opinions(session, comment_id, decision_id, actor=actor, action=action, now=now)


def reopen(session: Session, comment_id: int, *, actor: str, then: datetime | None, now: datetime) -> None:
    """Open again what the decision of the moment `then` settled, which `actor` takes back."""
    connection = session.connection()
    connection.execute(_REOPEN_REPORTS, {"comment": comment_id, "then": then})
    connection.execute(_REOPEN_NOTICES, {"comment": comment_id, "then": then})
    reopen_opinions(session, comment_id, actor=actor, then=then)
    if actor == MODERATOR:
        # A person has looked; that they changed their mind is what the look was for.
        connection.execute(_SETTLE_LOOKS, {"comment": comment_id, "now": now})
