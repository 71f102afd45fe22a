"""A log of mails: each try, and what the mail server said."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger()  # microseconds since 1970-01-01 UTC


def upgrade() -> None:
    op.create_table(
        "mail_tries",
        sa.Column("id", ID, nullable=False),
        sa.Column("outbox_id", ID, nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("recipient", sa.String(length=64), nullable=False),
        sa.Column("recipient_index", sa.String(length=64), nullable=False),
        sa.Column("promised_at", MOMENT, nullable=False),
        sa.Column("tried_at", MOMENT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("code", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('taken', 'later', 'parked', 'refused', 'capped', 'nothing', 'unknown')",
            name="ck_mail_tries_outcome",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mail_tries"),
    )
    op.create_index("ix_mail_tries_age", "mail_tries", ["tried_at"])
    op.create_index("ix_mail_tries_recipient", "mail_tries", ["recipient_index", "tried_at"])


def downgrade() -> None:
    op.drop_table("mail_tries")
