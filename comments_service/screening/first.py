"""What to look at first: uncertain, influential and time-critical comments, and in the end every comment.

A comment's place is a moment: when it was written, put forward by up to some hours. So nothing waits for ever, the
order needs no clock, and the database can sort by it. Sorting is the work of `moderation.queue`.
"""

import math
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, func, type_coerce, update
from sqlalchemy.orm import Session

from comments_service.screening.outcome import TOXIC_LABELS
from comments_service.storage.tables import Comment

# How far each reason puts a comment forward at most, in hours.
UNCERTAIN_H = 24.0  # it teaches the most; chosen by benchmarks.learning_order on other sites than it reports
THREAT_H = 12.0  # somebody may be in danger
INFLUENTIAL_H = 6.0  # many readers follow this discussion
FRESH_H = 6.0  # a young article's discussion goes on without what is held
REPORT_H = 6.0  # for each report: a reader has seen it and minds

_BUSY = 100  # published comments from which a thread counts as fully busy
_FRESH_FOR_H = 24.0


def look_at(
    written: datetime, scores: Mapping[str, float] | None, *, published: int, thread_begun: datetime, now: datetime
) -> datetime:
    """Where a held comment stands in the order, the earliest first.

    `scores` are 0..1 by label (None: not scored), `published` counts the thread's published comments.
    """
    age_h = max(0.0, (now - thread_begun).total_seconds() / 3600)
    hours = (
        UNCERTAIN_H * uncertainty(scores)
        + THREAT_H * (scores or {}).get("threat", 0.0)
        + INFLUENTIAL_H * min(1.0, math.log1p(published) / math.log1p(_BUSY))
        + FRESH_H * math.exp(-age_h / _FRESH_FOR_H)
    )
    return written - timedelta(hours=hours)


def uncertainty(scores: Mapping[str, float] | None) -> float:
    """0 where the model is sure that a person would remove or keep the comment, 1 where it cannot tell.

    The variance of the yes or no, four-fold: 4 p (1 - p). Without scores everything is uncertain.
    """
    if scores is None:
        return 1.0
    removed = max(scores.get(label, 0.0) for label in ("spam", *TOXIC_LABELS))
    return 4 * removed * (1 - removed)


def per_thousand(scores: Mapping[str, float] | None) -> int:
    """The uncertainty in whole thousandths, as it is stored: orders compare numbers exactly."""
    return round(1000 * uncertainty(scores))


def put_forward(session: Session, comment_id: int) -> None:
    """A report came in: the comment moves up by REPORT_H. In the database, since two may come in at once."""
    stands = type_coerce(func.coalesce(Comment.look_at, Comment.created_at), BigInteger)  # microseconds
    session.execute(
        update(Comment)
        .where(Comment.id == comment_id)
        .values(look_at=stands - int(REPORT_H * 3_600_000_000))
        .execution_options(synchronize_session=False)
    )
