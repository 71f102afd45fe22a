"""How often programs asked about which blog, month by month; the website beside a suggestion."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    # It may be empty: processes of the release before go on writing rows without it.
    op.add_column("suggestions", sa.Column("website", sa.Text(), nullable=True))
    op.create_table(
        "blog_months",
        sa.Column("id", ID, nullable=False),
        sa.Column("api_key_id", ID, nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("blog", sa.String(length=300), nullable=False),
        sa.Column("spam", sa.Integer(), nullable=False),
        sa.Column("ham", sa.Integer(), nullable=False),
        sa.Column("missed_spam", sa.Integer(), nullable=False),
        sa.Column("false_positives", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["api_key_id"], ["api_keys.id"], name="fk_blog_months_api_key_id_api_keys"),
        sa.PrimaryKeyConstraint("id", name="pk_blog_months"),
        sa.UniqueConstraint("api_key_id", "month", "blog", name="uq_blog_months_api_key_id_month_blog"),
    )


def downgrade() -> None:
    op.drop_table("blog_months")
    op.drop_column("suggestions", "website")
