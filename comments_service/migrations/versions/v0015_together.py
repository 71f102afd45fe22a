"""What moderators say to one another: opinions, assignments, claims, notes and mentions."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger()  # microseconds since 1970-01-01 UTC
_OPEN = sa.text("settled_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "opinions",
        sa.Column("id", ID, nullable=False),
        sa.Column("comment_id", ID, nullable=False),
        sa.Column("site_id", ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("moderator_id", ID, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("decision_id", ID, nullable=True),
        sa.Column("read_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "outcome IN ('', 'confirmed', 'overruled', 'answered', 'outdated', 'withdrawn')", name="ck_opinions_outcome"
        ),
        sa.CheckConstraint("action IN ('', 'approve', 'reject', 'spam', 'delete')", name="ck_opinions_action"),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name="fk_opinions_comment_id_comments"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_opinions_site_id_sites"),
        sa.ForeignKeyConstraint(["moderator_id"], ["moderators.id"], name="fk_opinions_moderator_id_moderators"),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name="fk_opinions_decision_id_decisions"),
        sa.PrimaryKeyConstraint("id", name="pk_opinions"),
    )
    _open_index("uq_opinions_open", "opinions", ["comment_id", "moderator_id"], unique=True)
    _open_index("ix_opinions_open_of", "opinions", ["moderator_id", "comment_id"])
    op.create_index("ix_opinions_moderator", "opinions", ["moderator_id", "settled_at"])
    op.create_index("ix_opinions_decision", "opinions", ["decision_id"])
    op.create_index("ix_opinions_comment", "opinions", ["comment_id"])
    op.create_table(
        "assignments",
        sa.Column("id", ID, nullable=False),
        sa.Column("comment_id", ID, nullable=False),
        sa.Column("moderator_id", ID, nullable=False),
        sa.Column("assigned_by", ID, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name="fk_assignments_comment_id_comments"),
        sa.ForeignKeyConstraint(["moderator_id"], ["moderators.id"], name="fk_assignments_moderator_id_moderators"),
        sa.ForeignKeyConstraint(["assigned_by"], ["moderators.id"], name="fk_assignments_assigned_by_moderators"),
        sa.PrimaryKeyConstraint("id", name="pk_assignments"),
    )
    _open_index("uq_assignments_open", "assignments", ["comment_id"], unique=True)
    _open_index("ix_assignments_open_of", "assignments", ["moderator_id", "comment_id"])
    op.create_index("ix_assignments_comment", "assignments", ["comment_id"])
    op.create_table(
        "claims",
        sa.Column("id", ID, nullable=False),
        sa.Column("comment_id", ID, nullable=False),
        sa.Column("moderator_id", ID, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name="fk_claims_comment_id_comments"),
        sa.ForeignKeyConstraint(["moderator_id"], ["moderators.id"], name="fk_claims_moderator_id_moderators"),
        sa.PrimaryKeyConstraint("id", name="pk_claims"),
    )
    op.create_index("uq_claims_comment_moderator", "claims", ["comment_id", "moderator_id"], unique=True)
    op.create_index("ix_claims_age", "claims", ["expires_at"])
    op.create_table(
        "notes",
        sa.Column("id", ID, nullable=False),
        sa.Column("site_id", ID, nullable=False),
        sa.Column("about", sa.String(length=16), nullable=False),
        sa.Column("comment_id", ID, nullable=False),
        sa.Column("address_id", ID, nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("moderator_id", ID, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("about IN ('comment', 'author')", name="ck_notes_about"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_notes_site_id_sites"),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name="fk_notes_comment_id_comments"),
        sa.ForeignKeyConstraint(["address_id"], ["addresses.id"], name="fk_notes_address_id_addresses"),
        sa.ForeignKeyConstraint(["moderator_id"], ["moderators.id"], name="fk_notes_moderator_id_moderators"),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
    )
    op.create_index("ix_notes_comment", "notes", ["comment_id"])
    op.create_index("ix_notes_address", "notes", ["address_id"])
    op.create_index("ix_notes_site", "notes", ["site_id", "created_at", "id"])
    op.create_table(
        "mentions",
        sa.Column("id", ID, nullable=False),
        sa.Column("note_id", ID, nullable=False),
        sa.Column("moderator_id", ID, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("read_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name="fk_mentions_note_id_notes"),
        sa.ForeignKeyConstraint(["moderator_id"], ["moderators.id"], name="fk_mentions_moderator_id_moderators"),
        sa.PrimaryKeyConstraint("id", name="pk_mentions"),
    )
    op.create_index("uq_mentions_note_moderator", "mentions", ["note_id", "moderator_id"], unique=True)
    op.create_index("ix_mentions_of", "mentions", ["moderator_id", "id"])


def _open_index(name: str, table: str, columns: list[str], *, unique: bool = False) -> None:
    op.create_index(name, table, columns, unique=unique, sqlite_where=_OPEN, postgresql_where=_OPEN)


def downgrade() -> None:
    for table in ("mentions", "notes", "claims", "assignments", "opinions"):
        op.drop_table(table)
