"""Columns and indexes for the queue's other orders and views, where a page had every comment of a view sorted."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

_AT_ONCE = 1000  # comments in memory
_REMOVING = (
    "spam",
    "toxic",
    "severe_toxic",
    "obscene",
    "threat",
    "insult",
    "identity_hate",
    "sexual_explicit",
)
_ORDERS = {"urgent": "reports", "uncertain": "uncertainty", "read": "thread_published"}


def upgrade() -> None:
    for name in ("uncertainty", "thread_published"):
        op.add_column("comments", sa.Column(name, sa.Integer(), nullable=False, server_default=sa.text("0")))
    # Only what waits: the others' places were of no interest when they were decided, and are known from now on.
    op.execute(
        "UPDATE comments SET thread_published = (SELECT count FROM threads WHERE threads.id = comments.thread_id)"
        " WHERE status = 'pending'"
    )
    _fill_uncertainty()
    for name, column in _ORDERS.items():
        op.create_index(
            f"ix_comments_{name}", "comments", ["site_id", "status", sa.text(f"(-{column})"), "created_at", "id"]
        )
    op.create_index("ix_comments_author", "comments", ["address_id", "status"])
    op.create_index(
        "ix_reports_open",
        "reports",
        ["comment_id"],
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_reports_open", "reports")
    op.drop_index("ix_comments_author", "comments")
    for name in _ORDERS:
        op.drop_index(f"ix_comments_{name}", "comments")
    for name in ("thread_published", "uncertainty"):
        op.drop_column("comments", name)


def _fill_uncertainty() -> None:
    comments = sa.table("comments", sa.column("id"), sa.column("uncertainty"))
    connection, after = op.get_bind(), 0
    while rows := _held(connection, after):
        after = rows[-1].id
        found = [{"comment": row.id, "unsure": _unsure(row.scores)} for row in rows]
        connection.execute(
            comments.update()
            .where(comments.c.id == sa.bindparam("comment"))
            .values(uncertainty=sa.bindparam("unsure")),
            found,
        )


def _held(connection: sa.Connection, after: int) -> list[Any]:
    comments = sa.table("comments", *map(sa.column, ("id", "revision", "status", "awaits")))
    scores = sa.table(
        "scores", *map(sa.column, ("id", "comment_id", "revision", "created_at")), sa.column("scores", sa.JSON())
    )
    latest = (
        sa.select(scores.c.scores)
        .where(scores.c.comment_id == comments.c.id, scores.c.revision == comments.c.revision)
        .order_by(scores.c.created_at.desc(), scores.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    waiting = (comments.c.status == "pending", comments.c.awaits == "human", comments.c.id > after)
    statement = sa.select(comments.c.id, latest.label("scores")).where(*waiting)
    return list(connection.execute(statement.order_by(comments.c.id).limit(_AT_ONCE)))


def _unsure(scores: Mapping[str, float] | None) -> int:
    if scores is None:
        return 1000
    removed = max(scores.get(label, 0.0) for label in _REMOVING)
    return round(4000 * removed * (1 - removed))
