"""In which order comments became visible, so that a reader can ask for those that are new."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    # Processes of the release before go on writing rows without them. What is visible already was never new to anybody
    # who asks later, so old comments need no number.
    op.add_column("threads", sa.Column("arrivals", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("comments", sa.Column("arrival", sa.Integer(), nullable=True))
    op.create_index(
        "ix_comments_arrivals",
        "comments",
        ["thread_id", "arrival"],
        sqlite_where=sa.text("arrival IS NOT NULL"),
        postgresql_where=sa.text("arrival IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_comments_arrivals", "comments")
    op.drop_column("comments", "arrival")
    op.drop_column("threads", "arrivals")
