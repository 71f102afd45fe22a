"""Forgetting readers' addresses: of follows that ended or were never confirmed, and of notices from long ago."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from comments_service.notifications.links import CONFIRM_WITHIN
from comments_service.storage.tables import Follow, Notice, ToldComment

LONGEST = timedelta(days=365)  # for an address, whatever it was given for


def forget_follow(session: Session, public_id: str) -> None:
    """End the follow with this public id, if there is one."""
    _forget(session, Follow.public_id == public_id)


def forget_old_follows(session: Session, now: datetime) -> int:
    """Forget what nobody confirmed in time, and what was confirmed a year ago; how many follows."""
    # While a mail's link is good the row stays, or the click would find nothing.
    began = func.coalesce(Follow.asked_at, Follow.created_at, type_=Follow.created_at.type)
    unconfirmed = and_(Follow.confirmed_at.is_(None), began <= now - CONFIRM_WITHIN)
    return _forget(session, or_(unconfirmed, Follow.confirmed_at <= now - LONGEST))


def forget_notifiers(session: Session, now: datetime) -> int:
    """Forget who gave a notice a year ago; the statement stays. How many."""
    return _count(
        session,
        update(Notice)
        .where(Notice.created_at <= now - LONGEST, or_(Notice.sealed.is_not(None), Notice.name != ""))
        .values(sealed=None, name="", notifier=Notice.reference),
    )


def _forget(session: Session, which: ColumnElement[bool]) -> int:
    followed = select(Follow.id).where(which)
    _count(session, delete(ToldComment).where(ToldComment.follow_id.in_(followed)))
    return _count(session, delete(Follow).where(which))


def _count(session: Session, statement: Any) -> int:
    result: Any = session.execute(statement.execution_options(synchronize_session=False))
    return int(result.rowcount)
