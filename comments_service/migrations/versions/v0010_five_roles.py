"""Roles for editors, who set the rules, and trainees, whose decisions need a second; a language for each person."""

import sqlalchemy as sa
from alembic import op

from comments_service.migrations.checks import replace_check

revision = "0010"
down_revision = "0009"

_THREE = "role IN ('owner', 'moderator', 'viewer')"
_FIVE = "role IN ('owner', 'editor', 'moderator', 'trainee', 'viewer')"


def upgrade() -> None:
    replace_check("moderators", "ck_moderators_role", _THREE, _FIVE)
    op.add_column(
        "moderators", sa.Column("language", sa.String(length=16), nullable=False, server_default=sa.text("''"))
    )


def downgrade() -> None:
    op.drop_column("moderators", "language")
    # Nobody may do more under the old roles than they might under the new.
    op.execute("UPDATE moderators SET role = 'moderator' WHERE role = 'editor'")
    op.execute("UPDATE moderators SET role = 'viewer' WHERE role = 'trainee'")
    replace_check("moderators", "ck_moderators_role", _FIVE, _THREE)
