"""Notices of illegal content, and who follows which comments by mail."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger()  # microseconds since 1970-01-01 UTC


def upgrade() -> None:
    op.create_table(
        "notices",
        sa.Column("id", ID, nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("comment_id", ID, nullable=False),
        sa.Column("notifier", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("law", sa.Text(), nullable=False),
        sa.Column("child_abuse", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name="fk_notices_comment_id_comments"),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint("reference", name="uq_notices_reference"),
    )
    op.create_index(
        "uq_notices_open",
        "notices",
        ["comment_id", "notifier"],
        unique=True,
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_index("ix_notices_notifier", "notices", ["notifier", "created_at"])
    op.create_index("ix_notices_age", "notices", ["created_at"])
    op.create_table(
        "follows",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("site_id", ID, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("reply_to", sa.String(length=32), nullable=False),
        sa.Column("blind_index", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("wanted_at", MOMENT, nullable=True),
        sa.Column("asked_at", MOMENT, nullable=True),
        sa.Column("asks", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_follows_site_id_sites"),
        sa.PrimaryKeyConstraint("id", name="pk_follows"),
        sa.UniqueConstraint("public_id", name="uq_follows_public_id"),
        sa.UniqueConstraint(
            "site_id", "blind_index", "url", "reply_to", name="uq_follows_site_id_blind_index_url_reply_to"
        ),
    )
    op.create_index(
        "ix_follows_wanted",
        "follows",
        ["wanted_at"],
        sqlite_where=sa.text("wanted_at IS NOT NULL"),
        postgresql_where=sa.text("wanted_at IS NOT NULL"),
    )
    op.create_index("ix_follows_address", "follows", ["blind_index"])
    op.create_index("ix_follows_asked", "follows", ["asked_at"])
    op.create_table(
        "told_comments",
        sa.Column("id", ID, nullable=False),
        sa.Column("follow_id", ID, nullable=False),
        sa.Column("comment_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name="fk_told_comments_comment_id_comments"),
        sa.ForeignKeyConstraint(["follow_id"], ["follows.id"], name="fk_told_comments_follow_id_follows"),
        sa.PrimaryKeyConstraint("id", name="pk_told_comments"),
        sa.UniqueConstraint("follow_id", "comment_id", name="uq_told_comments_follow_id_comment_id"),
    )


def downgrade() -> None:
    op.drop_table("told_comments")
    op.drop_table("follows")
    op.drop_table("notices")
