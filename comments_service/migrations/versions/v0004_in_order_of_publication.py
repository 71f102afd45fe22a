"""Approved comments of a thread in the order of their publication: what was published since a reader looked."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_index(
        "ix_comments_published",
        "comments",
        ["thread_id", "decided_at", "id"],
        sqlite_where=sa.text("status = 'approved'"),
        postgresql_where=sa.text("status = 'approved'"),
    )


def downgrade() -> None:
    op.drop_index("ix_comments_published", table_name="comments")
