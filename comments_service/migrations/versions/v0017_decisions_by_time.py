"""Finds a site's decisions of a period without walking through all of them."""

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_index("ix_decisions_time", "decisions", ["site_id", "created_at"])


def downgrade() -> None:
    op.drop_index("ix_decisions_time", "decisions")
