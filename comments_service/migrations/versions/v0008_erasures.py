"""Tombstones of erased persons; models that learned from them; a decision's note can be emptied, and nothing else."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger()  # microseconds since 1970-01-01 UTC

# What was decided stands for ever. A note is free words, maybe about a person, who may have them erased.
_SAME = (
    *("id", "comment_id", "site_id", "revision", "action", "from_status", "to_status", "actor", "moderator_id"),
    *("reason", "model", "scores", "undo_of", "created_at", "stream", "shown_probability"),
)
_SQLITE_DROP = "DROP TRIGGER decisions_no_update"
_SQLITE_ANY = """
CREATE TRIGGER decisions_no_update BEFORE UPDATE ON decisions
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END
"""
_SQLITE_BUT_NOTES = f"""
CREATE TRIGGER decisions_no_update BEFORE UPDATE ON decisions
WHEN NOT (NEW.note = '' AND {" AND ".join(f"NEW.{name} IS OLD.{name}" for name in _SAME)})
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END
"""
_POSTGRES = """
CREATE OR REPLACE FUNCTION decisions_append_only() RETURNS trigger AS $$
BEGIN {but_notes} RAISE EXCEPTION 'decisions are append-only'; END
$$ LANGUAGE plpgsql
"""
_POSTGRES_BUT_NOTES = """
IF TG_OP = 'UPDATE' AND NEW.note = '' AND to_jsonb(NEW) - 'note' = to_jsonb(OLD) - 'note' THEN RETURN NEW; END IF;
"""


def upgrade() -> None:
    op.create_table(
        "erasures",
        sa.Column("id", ID, nullable=False),
        sa.Column("blind_index", sa.String(length=64), nullable=False),
        sa.Column("site_id", ID, nullable=True),
        sa.Column("erased_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_erasures_site_id_sites"),
        sa.PrimaryKeyConstraint("id", name="pk_erasures"),
    )
    op.create_index("ix_erasures_person", "erasures", ["blind_index", "erased_at"])
    op.add_column("sites", sa.Column("unlearn_at", MOMENT, nullable=True))
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRES.format(but_notes=_POSTGRES_BUT_NOTES))
        return
    op.execute(_SQLITE_DROP)
    op.execute(_SQLITE_BUT_NOTES)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRES.format(but_notes=""))
    else:
        op.execute(_SQLITE_DROP)
        op.execute(_SQLITE_ANY)
    op.drop_column("sites", "unlearn_at")
    op.drop_index("ix_erasures_person", "erasures")
    op.drop_table("erasures")
