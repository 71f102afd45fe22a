"""Gives a comment another text: a new revision, rendered and sanitised as any other. Former ones are kept.

What may be changed stands in `passages`, who decides it in `text_edits`; an author's own edit is in `comments.edit`.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, literal, select, update
from sqlalchemy.orm import Session

from comments_service.content.render import RENDERER_VERSION, render
from comments_service.moderation.transitions import MODERATOR
from comments_service.privacy.hide import find_addresses
from comments_service.screening.checks.duplicates import text_digest
from comments_service.storage.tables import Comment, Evidence, Revision, Score, Thread
from comments_service.storage.upsert import insert_new

# True of every text that its sender wrote.
_OF_THE_SENDER = ("honeypot", "form_token")


def put_text(session: Session, comment: Comment, source: str, *, now: datetime) -> None:
    """Let a moderator's text take the place of the comment's. Which moderator, the decision about it says.

    No score and no finding about the former text holds for this one, but for what was found about its sender.
    """
    former = comment.revision
    _keep(session, comment, former, comment.source, "author", comment.edited_at or comment.created_at)
    _keep(session, comment, former + 1, source, MODERATOR, now)
    _write(session, comment, former + 1, source, edited_at=now)
    _copy(session, Evidence, comment.id, former, former + 1, Evidence.check_name.in_(_OF_THE_SENDER))


def put_back(session: Session, comment: Comment, *, now: datetime) -> bool:
    """Give a comment the text back that it had before its present one, with what was found about that text.

    False where no former text is kept.
    """
    former = session.scalar(
        select(Revision)
        .where(Revision.comment_id == comment.id, Revision.revision < comment.revision)
        .order_by(Revision.revision.desc())
        .limit(1)
    )
    if former is None:
        return False
    other = select(Revision.id).where(
        Revision.comment_id == comment.id, Revision.revision < former.revision, Revision.source != former.source
    )
    edited_at = former.created_at if session.scalar(other.limit(1)) is not None else None
    revision = comment.revision + 1
    _keep(session, comment, revision, former.source, former.written_by, now)
    _write(session, comment, revision, former.source, edited_at=edited_at)
    for table in (Evidence, Score):
        _copy(session, table, comment.id, former.revision, revision)
    return True


def _keep(session: Session, comment: Comment, revision: int, source: str, written_by: str, now: datetime) -> None:
    values = {
        "comment_id": comment.id,
        "revision": revision,
        "name": comment.name,
        "website": comment.website,
        "source": source,
        "written_by": written_by,
        "created_at": now,
    }
    insert_new(session, Revision, values, ["comment_id", "revision"])


def _write(session: Session, comment: Comment, revision: int, source: str, *, edited_at: datetime | None) -> None:
    session.execute(
        update(Comment)
        .where(Comment.id == comment.id)
        .values(
            source=source,
            html=render(source, find_hidden=find_addresses),
            html_version=RENDERER_VERSION,
            text_digest=text_digest(source),
            revision=revision,
            edited_at=edited_at,
        )
        .execution_options(synchronize_session=False)
    )
    # Every cache learns that the thread's public answer may have changed.
    session.execute(
        update(Thread)
        .where(Thread.id == comment.thread_id)
        .values(version=Thread.version + 1)
        .execution_options(synchronize_session=False)
    )
    session.expire(comment)


def _copy(session: Session, table: Any, comment_id: int, old: int, new: int, *conditions: Any) -> None:
    columns = [column for column in table.__table__.columns if column.name != "id"]
    values = [literal(new) if column.name == "revision" else column for column in columns]
    rows = select(*values).where(table.comment_id == comment_id, table.revision == old, *conditions)
    session.execute(insert(table).from_select([column.name for column in columns], rows))
