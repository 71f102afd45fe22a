"""Which decisions of the machine a person was to see, how likely that was, second looks, what to look at first."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger()  # microseconds since 1970-01-01 UTC


def upgrade() -> None:
    # All may be empty: processes of the release before go on writing rows without them.
    op.add_column("decisions", sa.Column("stream", sa.String(length=16), nullable=True))
    op.add_column("decisions", sa.Column("shown_probability", sa.Double(), nullable=True))
    op.add_column("comments", sa.Column("look_at", MOMENT, nullable=True))
    op.create_table(
        "second_looks",
        sa.Column("id", ID, nullable=False),
        sa.Column("comment_id", ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=16), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.CheckConstraint("why IN ('audit', 'doubtful')", name="ck_second_looks_why"),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name="fk_second_looks_comment_id_comments"),
        sa.PrimaryKeyConstraint("id", name="pk_second_looks"),
        sa.UniqueConstraint("comment_id", "revision", "why", name="uq_second_looks_comment_id_revision_why"),
    )
    op.create_index(
        "ix_second_looks_open",
        "second_looks",
        ["comment_id"],
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("second_looks")
    op.drop_column("comments", "look_at")
    op.drop_column("decisions", "shown_probability")
    op.drop_column("decisions", "stream")
