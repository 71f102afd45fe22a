"""Views of the queue that moderators keep under a name, for themselves or for the team."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "saved_views",
        sa.Column("id", _ID, nullable=False),
        sa.Column("moderator_id", _ID, nullable=False),
        sa.Column("site_id", _ID, nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("is_start", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["moderator_id"], ["moderators.id"], name="fk_saved_views_moderator_id_moderators"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_saved_views_site_id_sites"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_views"),
    )
    op.create_index("ix_saved_views_owner", "saved_views", ["moderator_id", "id"])


def downgrade() -> None:
    op.drop_index("ix_saved_views_owner", "saved_views")
    op.drop_table("saved_views")
