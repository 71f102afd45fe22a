"""Authors' appeals against decisions, and an append-only account of what became of each."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger()  # microseconds since 1970-01-01 UTC

# As with decisions: what became of an appeal stands for ever, but for the words, which an erasure may empty.
_SAME = ("id", "appeal_id", "outcome", "moderator_id", "decision_id", "alone", "created_at")
_SQLITE_UPDATE = f"""
CREATE TRIGGER appeal_steps_no_update BEFORE UPDATE ON appeal_steps
WHEN NOT (NEW.answer = '' AND {" AND ".join(f"NEW.{name} IS OLD.{name}" for name in _SAME)})
BEGIN SELECT RAISE(ABORT, 'appeal_steps are append-only'); END
"""
_SQLITE_DELETE = """
CREATE TRIGGER appeal_steps_no_delete BEFORE DELETE ON appeal_steps
BEGIN SELECT RAISE(ABORT, 'appeal_steps are append-only'); END
"""
_POSTGRES_FUNCTION = """
CREATE FUNCTION appeal_steps_append_only() RETURNS trigger AS $$
BEGIN
IF TG_OP = 'UPDATE' AND NEW.answer = '' AND to_jsonb(NEW) - 'answer' = to_jsonb(OLD) - 'answer' THEN RETURN NEW; END IF;
RAISE EXCEPTION 'appeal_steps are append-only'; END
$$ LANGUAGE plpgsql
"""
_POSTGRES_TRIGGER = """
CREATE TRIGGER appeal_steps_append_only BEFORE UPDATE OR DELETE ON appeal_steps
FOR EACH ROW EXECUTE FUNCTION appeal_steps_append_only()
"""


def upgrade() -> None:
    op.create_table(
        "appeals",
        sa.Column("id", ID, nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("comment_id", ID, nullable=False),
        sa.Column("site_id", ID, nullable=False),
        sa.Column("decision_id", ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name="fk_appeals_comment_id_comments"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_appeals_site_id_sites"),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name="fk_appeals_decision_id_decisions"),
        sa.PrimaryKeyConstraint("id", name="pk_appeals"),
        sa.UniqueConstraint("reference", name="uq_appeals_reference"),
        sa.UniqueConstraint("decision_id", name="uq_appeals_decision_id"),
    )
    op.create_index(
        "ix_appeals_open",
        "appeals",
        ["site_id", "created_at", "id"],
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_index("ix_appeals_comment", "appeals", ["comment_id"])
    op.create_index("ix_appeals_age", "appeals", ["site_id", "created_at"])
    op.create_table(
        "appeal_steps",
        sa.Column("id", ID, nullable=False),
        sa.Column("appeal_id", ID, nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("moderator_id", ID, nullable=True),
        sa.Column("decision_id", ID, nullable=True),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("outcome IN ('upheld', 'reversed', 'dropped', 'reopened')", name="ck_appeal_steps_outcome"),
        sa.ForeignKeyConstraint(["appeal_id"], ["appeals.id"], name="fk_appeal_steps_appeal_id_appeals"),
        sa.ForeignKeyConstraint(["moderator_id"], ["moderators.id"], name="fk_appeal_steps_moderator_id_moderators"),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name="fk_appeal_steps_decision_id_decisions"),
        sa.PrimaryKeyConstraint("id", name="pk_appeal_steps"),
    )
    op.create_index("ix_appeal_steps_appeal", "appeal_steps", ["appeal_id", "id"])
    op.create_index("ix_appeal_steps_decision", "appeal_steps", ["decision_id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRES_FUNCTION)
        op.execute(_POSTGRES_TRIGGER)
        return
    op.execute(_SQLITE_UPDATE)
    op.execute(_SQLITE_DELETE)


def downgrade() -> None:
    op.drop_table("appeal_steps")
    op.drop_table("appeals")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION appeal_steps_append_only()")
