"""An index over what people decided, newest first, for the list of what a team did."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

_OF_PEOPLE = sa.text("actor = 'moderator'")


def upgrade() -> None:
    op.create_index(
        "ix_decisions_people",
        "decisions",
        ["created_at", "id"],
        sqlite_where=_OF_PEOPLE,
        postgresql_where=_OF_PEOPLE,
    )


def downgrade() -> None:
    op.drop_index("ix_decisions_people", "decisions")
