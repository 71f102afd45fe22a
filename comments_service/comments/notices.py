"""Notices of illegal content: kept, counted as a report, put before the moderators. Nothing is hidden by one alone.

What a notice must hold is checked in `screening.checks.notices`; people decide, and their decision settles it.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from comments_service.notifications.webhooks.events import NOTICED, announce
from comments_service.screening.checks.notices import NoticeFields
from comments_service.screening.first import put_forward
from comments_service.storage.tables import Comment, Notice, Report
from comments_service.storage.upsert import insert_row

# Without vowels and what looks like a digit: a reference is read out on the telephone, and spells nothing.
_LETTERS = "BCDFGHJKMNPQRTVWXYZ2346789"


@dataclass(frozen=True, slots=True)
class Notifier:
    """Who gives notice: `key` tells people apart, `sealed` is their address (None: they stay unnamed)."""

    key: str
    sealed: bytes | None


def give_notice(
    session: Session, comment: Comment, notifier: Notifier, fields: NoticeFields, language: str, now: datetime
) -> str:
    """Keep a notice; its reference. While a notifier's first one about a comment is open, a second changes nothing."""
    reference = new_reference()
    values = {
        "reference": reference,
        "comment_id": comment.id,
        "notifier": notifier.key,
        "sealed": notifier.sealed,
        "name": fields.name,
        "explanation": fields.explanation,
        "law": fields.law,
        "child_abuse": fields.child_abuse,
        "language": language,
        "created_at": now,
    }
    connection = session.connection()
    if connection.execute(_insert_unless_open(connection.dialect.name), values).scalar() is None:
        return _open_reference(session, comment.id, notifier.key)
    _count_as_report(session, comment.id, now)
    announce(session, comment, NOTICED, now)
    return reference


def new_reference() -> str:
    """What the notifier, the moderators and the mail call a notice: "N-" and eight letters or digits, at random."""
    return "N-" + "".join(secrets.choice(_LETTERS) for _ in range(8))


def _open_reference(session: Session, comment_id: int, notifier: str) -> str:
    return session.scalars(
        select(Notice.reference).where(
            Notice.comment_id == comment_id, Notice.notifier == notifier, Notice.settled_at.is_(None)
        )
    ).one()


def _count_as_report(session: Session, comment_id: int, now: datetime) -> None:
    # The report's text stays empty: exports hold reports, and a notice's words are for the moderators alone.
    row = {
        "comment_id": comment_id,
        "reporter_digest": secrets.token_hex(32),
        "reason": "illegal",
        "note": "",
        "created_at": now,
    }
    insert_row(session, Report, row)
    session.execute(
        update(Comment)
        .where(Comment.id == comment_id)
        .values(reports=Comment.reports + 1)
        .execution_options(synchronize_session=False)
    )
    put_forward(session, comment_id)


@cache
def _insert_unless_open(dialect_name: str) -> Any:
    dialect: Any = postgresql if dialect_name == "postgresql" else sqlite
    statement = dialect.insert(Notice.__table__).on_conflict_do_nothing(
        index_elements=["comment_id", "notifier"], index_where=text("settled_at IS NULL")
    )
    return statement.returning(Notice.__table__.c.id)
