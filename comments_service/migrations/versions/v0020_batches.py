"""Decisions that were made together bear one batch, by which the history shows and takes them back as one."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

_SAME = (
    *("id", "comment_id", "site_id", "revision", "action", "from_status", "to_status", "actor", "moderator_id"),
    *("reason", "model", "scores", "undo_of", "created_at", "stream", "shown_probability"),
)
_TRIGGER = """
CREATE TRIGGER decisions_no_update BEFORE UPDATE ON decisions
WHEN NOT (NEW.note = '' AND {same})
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END
"""


def upgrade() -> None:
    op.add_column("decisions", sa.Column("batch", sa.String(length=32), nullable=True))
    here = sa.text("batch IS NOT NULL")
    op.create_index("ix_decisions_batch", "decisions", ["batch", "id"], sqlite_where=here, postgresql_where=here)
    _keep((*_SAME, "batch"))


def downgrade() -> None:
    _keep(_SAME)
    op.drop_index("ix_decisions_batch", "decisions")
    op.drop_column("decisions", "batch")


def _keep(columns: tuple[str, ...]) -> None:
    """SQLite's trigger names what must stay as it is; PostgreSQL's compares whole rows."""
    if op.get_bind().dialect.name == "postgresql":
        return
    op.execute("DROP TRIGGER decisions_no_update")
    op.execute(_TRIGGER.format(same=" AND ".join(f"NEW.{name} IS OLD.{name}" for name in columns)))
