"""The one order in which rows are locked: threads by id, then comments. PostgreSQL needs it, SQLite has one writer."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from comments_service.storage.tables import Comment, Thread


def lock_threads(session: Session, of_comments: ColumnElement[bool]) -> None:
    """Lock the threads of some comments until the transaction ends; call it before changing any of these comments.

    A decision changes a comment, those above it and their thread. Two that began with different comments of one thread
    would wait for each other until the database ended one of them.
    """
    if session.connection().dialect.name != "postgresql":
        return
    threads = select(Comment.thread_id).where(of_comments)
    # NO KEY UPDATE: new comments, which only refer to the thread, need not wait.
    statement = select(Thread.id).where(Thread.id.in_(threads)).order_by(Thread.id).with_for_update(key_share=True)
    session.execute(statement).all()
