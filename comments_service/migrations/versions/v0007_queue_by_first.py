"""An index for the queue's order "what to look at first", where a page had every waiting comment sorted."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    # What has no place of its own stands where it was written; the expression is the one that the queue sorts by.
    op.create_index(
        "ix_comments_first", "comments", ["site_id", "status", sa.text("coalesce(look_at, created_at)"), "id"]
    )


def downgrade() -> None:
    op.drop_index("ix_comments_first", "comments")
