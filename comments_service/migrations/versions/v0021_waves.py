"""Waves of alike comments, decisions about a whole wave, and which wave a comment belongs to."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger()  # microseconds since 1970-01-01 UTC


def upgrade() -> None:
    _add_waves()
    _add_runs()
    op.create_table(
        "wave_steps",
        sa.Column("run_id", ID, nullable=False, autoincrement=False),
        sa.Column("comment_id", ID, nullable=False, autoincrement=False),
        sa.Column("decision_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["wave_runs.id"], name="fk_wave_steps_run_id_wave_runs"),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name="fk_wave_steps_comment_id_comments"),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name="fk_wave_steps_decision_id_decisions"),
        sa.PrimaryKeyConstraint("run_id", "comment_id", name="pk_wave_steps"),
    )
    op.add_column("comments", sa.Column("wave_id", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_comments_wave",
        "comments",
        ["wave_id", "id"],
        sqlite_where=sa.text("wave_id IS NOT NULL"),
        postgresql_where=sa.text("wave_id IS NOT NULL"),
    )
    op.create_index(
        "ix_comments_wave_waits",
        "comments",
        ["wave_id", "id"],
        sqlite_where=sa.text("wave_id IS NOT NULL AND status = 'pending'"),
        postgresql_where=sa.text("wave_id IS NOT NULL AND status = 'pending'"),
    )
    op.create_index("ix_addresses_new", "addresses", ["site_id", "created_at"])


def _add_waves() -> None:
    op.create_table(
        "waves",
        sa.Column("id", ID, nullable=False),
        sa.Column("site_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.Column("shows", sa.Text(), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_by", ID, nullable=True),
        sa.Column("dismissed", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind IN ('alike', 'links', 'newcomers')", name="ck_waves_kind"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_waves_site_id_sites"),
        sa.ForeignKeyConstraint(["ended_by"], ["moderators.id"], name="fk_waves_ended_by_moderators"),
        sa.PrimaryKeyConstraint("id", name="pk_waves"),
    )
    op.create_index(
        "uq_waves_open",
        "waves",
        ["site_id", "kind", "mark"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("ix_waves_site", "waves", ["site_id", "id"])


def _add_runs() -> None:
    op.create_table(
        "wave_runs",
        sa.Column("id", ID, nullable=False),
        sa.Column("wave_id", ID, nullable=False),
        sa.Column("moderator_id", ID, nullable=False),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("only_held", sa.Boolean(), nullable=False),
        sa.Column("follows", sa.Boolean(), nullable=False),
        sa.Column("up_to", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("left_alone", sa.Integer(), nullable=False),
        sa.Column("reached", sa.BigInteger(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("undo_by", ID, nullable=True),
        sa.Column("undo_at", MOMENT, nullable=True),
        sa.Column("undo_reached", sa.BigInteger(), nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name="fk_wave_runs_wave_id_waves"),
        sa.ForeignKeyConstraint(["moderator_id"], ["moderators.id"], name="fk_wave_runs_moderator_id_moderators"),
        sa.ForeignKeyConstraint(["undo_by"], ["moderators.id"], name="fk_wave_runs_undo_by_moderators"),
        sa.PrimaryKeyConstraint("id", name="pk_wave_runs"),
    )
    op.create_index("ix_wave_runs_wave", "wave_runs", ["wave_id", "id"])


def downgrade() -> None:
    op.drop_index("ix_addresses_new", "addresses")
    op.drop_index("ix_comments_wave_waits", "comments")
    op.drop_index("ix_comments_wave", "comments")
    op.drop_column("comments", "wave_id")
    op.drop_table("wave_steps")
    op.drop_table("wave_runs")
    op.drop_table("waves")
