"""Forgets rules that ended long ago. Until then they can be put back, and the log can say what they were about."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from comments_service.storage.tables import Ban

KEPT_FOR = timedelta(days=60)
_AT_ONCE = 1000


def forget_ended_rules(session: Session, now: datetime) -> int:
    """Remove up to a thousand rules that ended or were removed longer than KEPT_FOR ago; how many went."""
    before = now - KEPT_FOR
    old = list(
        session.scalars(select(Ban.id).where(or_(Ban.expires_at <= before, Ban.removed_at <= before)).limit(_AT_ONCE))
    )
    session.execute(delete(Ban).where(Ban.id.in_(old)))
    return len(old)
