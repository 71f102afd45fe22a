"""Mails to moderators whom a colleague named in a note, or gave a comment to."""

from alembic import op

from comments_service.migrations.checks import replace_check

revision = "0025"
down_revision = "0024"

_THREE = "cause IN ('waiting', 'reported', 'notice')"
_FIVE = "cause IN ('waiting', 'reported', 'notice', 'mention', 'assigned')"


def upgrade() -> None:
    replace_check("decide_links", "ck_decide_links_cause", _THREE, _FIVE)


def downgrade() -> None:
    op.execute("DELETE FROM decide_links WHERE cause IN ('mention', 'assigned')")
    replace_check("decide_links", "ck_decide_links_cause", _FIVE, _THREE)
