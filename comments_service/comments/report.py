"""Reports: a reader's flag on a comment, one a reader. Nothing is hidden by a report alone; people decide."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from comments_service.notifications.webhooks.events import REPORTED, announce
from comments_service.screening.checks.fields import one_text
from comments_service.screening.first import put_forward
from comments_service.storage.tables import Comment, Report
from comments_service.storage.upsert import insert_new

REASONS = ("spam", "abuse", "off_topic", "illegal", "other")


def report(session: Session, comment: Comment, reporter_digest: str, reason: str, note: str, now: datetime) -> None:
    """Keep a report and count it; the same reader's second report changes nothing."""
    row = {
        "comment_id": comment.id,
        "reporter_digest": reporter_digest,
        "reason": reason,
        "note": one_text(note),
        "created_at": now,
    }
    if insert_new(session, Report, row, ["comment_id", "reporter_digest"]) is None:
        return
    session.execute(
        update(Comment)
        .where(Comment.id == comment.id)
        .values(reports=Comment.reports + 1)
        .execution_options(synchronize_session=False)
    )
    put_forward(session, comment.id)
    announce(session, comment, REPORTED, now)
