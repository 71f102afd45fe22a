"""Scores of models on trial, kept apart from those that decide, and what workers found about each site's model."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger()  # microseconds since 1970-01-01 UTC


def upgrade() -> None:
    op.create_table(
        "shadow_scores",
        sa.Column("id", ID, nullable=False),
        sa.Column("comment_id", ID, nullable=False),
        sa.Column("site_id", ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(length=64), nullable=False),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name="fk_shadow_scores_comment_id_comments"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_shadow_scores_site_id_sites"),
        sa.PrimaryKeyConstraint("id", name="pk_shadow_scores"),
        sa.UniqueConstraint("comment_id", "revision", "model", name="uq_shadow_scores_comment_id_revision_model"),
    )
    op.create_index("ix_shadow_scores_site", "shadow_scores", ["site_id", "model", "id"])
    op.create_index("ix_shadow_scores_age", "shadow_scores", ["created_at"])
    op.create_table(
        "model_states",
        sa.Column("site_id", ID, nullable=False),
        sa.Column("model", sa.String(length=64), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("drift", sa.JSON(), nullable=False),
        sa.Column("measured_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_model_states_site_id_sites"),
        sa.PrimaryKeyConstraint("site_id", name="pk_model_states"),
    )


def downgrade() -> None:
    op.drop_table("model_states")
    op.drop_table("shadow_scores")
