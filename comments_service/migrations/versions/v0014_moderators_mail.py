"""Moderators' own mail: an address each, what they want to be told, and links that decide."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger()  # microseconds since 1970-01-01 UTC


def upgrade() -> None:
    op.create_table(
        "moderator_mails",
        sa.Column("moderator_id", ID, autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("asked", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", MOMENT, nullable=True),
        sa.Column("pace", sa.String(length=8), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("digest_at", MOMENT, nullable=True),
        sa.CheckConstraint("pace IN ('now', 'hourly', 'daily', 'none')", name="ck_moderator_mails_pace"),
        sa.ForeignKeyConstraint(["moderator_id"], ["moderators.id"], name="fk_moderator_mails_moderator_id_moderators"),
        sa.PrimaryKeyConstraint("moderator_id", name="pk_moderator_mails"),
    )
    op.create_table(
        "decide_links",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("moderator_id", ID, nullable=False),
        sa.Column("comment_id", ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=16), nullable=False),
        sa.Column("after", ID, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.Column("decision_id", ID, nullable=True),
        sa.CheckConstraint("cause IN ('waiting', 'reported', 'notice')", name="ck_decide_links_cause"),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name="fk_decide_links_comment_id_comments"),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name="fk_decide_links_decision_id_decisions"),
        sa.ForeignKeyConstraint(["moderator_id"], ["moderators.id"], name="fk_decide_links_moderator_id_moderators"),
        sa.PrimaryKeyConstraint("id", name="pk_decide_links"),
        sa.UniqueConstraint("public_id", name="uq_decide_links_public_id"),
        sa.UniqueConstraint(
            "moderator_id",
            "comment_id",
            "revision",
            "cause",
            name="uq_decide_links_moderator_id_comment_id_revision_cause",
        ),
    )
    op.create_index("ix_decide_links_age", "decide_links", ["created_at"])
    op.create_index("ix_decide_links_comment", "decide_links", ["comment_id"])


def downgrade() -> None:
    op.drop_table("decide_links")
    op.drop_table("moderator_mails")
