"""Sketches of texts, the marks by which alike ones are found, and the group that a comment belongs to."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger()  # microseconds since 1970-01-01 UTC


def upgrade() -> None:
    op.create_table(
        "sketches",
        sa.Column("comment_id", ID, nullable=False, autoincrement=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name="fk_sketches_comment_id_comments"),
        sa.PrimaryKeyConstraint("comment_id", name="pk_sketches"),
    )
    op.create_index("ix_sketches_group", "sketches", ["group_id", "created_at"])
    op.create_index("ix_sketches_age", "sketches", ["created_at"])
    op.create_table(
        "likeness_marks",
        sa.Column("id", ID, nullable=False),
        sa.Column("site_id", ID, nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.Column("comment_id", ID, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_likeness_marks_site_id_sites"),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name="fk_likeness_marks_comment_id_comments"),
        sa.PrimaryKeyConstraint("id", name="pk_likeness_marks"),
    )
    op.create_index("ix_likeness_marks_found", "likeness_marks", ["site_id", "mark", "created_at", "comment_id"])
    op.create_index("ix_likeness_marks_comment", "likeness_marks", ["comment_id"])
    op.create_index("ix_likeness_marks_age", "likeness_marks", ["created_at"])
    op.add_column("comments", sa.Column("group_id", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_comments_alike",
        "comments",
        ["group_id", "id"],
        sqlite_where=sa.text("status = 'pending'"),
        postgresql_where=sa.text("status = 'pending'"),
    )


def downgrade() -> None:
    op.drop_index("ix_comments_alike", "comments")
    op.drop_column("comments", "group_id")
    op.drop_table("likeness_marks")
    op.drop_table("sketches")
