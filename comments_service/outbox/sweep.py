"""Removes rows that were done long ago. Parked rows stay until a person has seen to them."""

from typing import Any

from sqlalchemy import delete, type_coerce
from sqlalchemy.orm import Session

from comments_service.outbox.clock import after
from comments_service.storage.tables import OutboxRow
from comments_service.storage.types import Moment

KEPT_DAYS = 7  # long enough to answer "what happened on Friday?" on Monday


def purge_done(session: Session, days: float = KEPT_DAYS) -> int:
    """Delete rows done more than `days` days ago; how many they were."""
    result: Any = session.execute(
        delete(OutboxRow)
        .where(OutboxRow.done_at <= type_coerce(after(-days * 86_400), Moment()))
        .execution_options(synchronize_session=False)
    )
    return int(result.rowcount)
