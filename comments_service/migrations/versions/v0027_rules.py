"""Rules with actions, notes and lists; the log of their changes; switches of threads."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger()  # microseconds since 1970-01-01 UTC
_ACTIONS = "action IN ('spam', 'hold', 'limited')"
_KINDS = "kind IN ('address', 'network', 'network_day', 'word', 'domain')"
_REFERRED = {"made_by": "moderators", "list_id": "rule_lists", "comment_id": "comments"}

_SQLITE_TRIGGER = """
CREATE TRIGGER rule_changes_no_{lower} BEFORE {verb} ON rule_changes
BEGIN SELECT RAISE(ABORT, 'rule changes are append-only'); END
"""
_POSTGRES_FUNCTION = """
CREATE FUNCTION rule_changes_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'rule changes are append-only'; END
$$ LANGUAGE plpgsql
"""
_POSTGRES_TRIGGER = """
CREATE TRIGGER rule_changes_append_only BEFORE UPDATE OR DELETE ON rule_changes
FOR EACH ROW EXECUTE FUNCTION rule_changes_append_only()
"""


def upgrade() -> None:
    _create_lists()
    _create_changes()
    with op.batch_alter_table("bans") as bans:
        bans.add_column(sa.Column("action", sa.String(length=16), nullable=False, server_default=sa.text("'spam'")))
        bans.add_column(sa.Column("note", sa.Text(), nullable=False, server_default=sa.text("''")))
        for column, table in _REFERRED.items():
            bans.add_column(sa.Column(column, ID, nullable=True))
            bans.create_foreign_key(f"fk_bans_{column}_{table}", table, [column], ["id"])
        bans.add_column(sa.Column("removed_at", MOMENT, nullable=True))
        bans.create_check_constraint("ck_bans_action", _ACTIONS)
        bans.create_check_constraint("ck_bans_kind", _KINDS)
        bans.create_index("ix_bans_list", ["list_id", "id"])
    op.add_column("sites", sa.Column("rules_version", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.add_column("threads", sa.Column("premoderate", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("evidence", sa.Column("rule_id", ID, nullable=True))
    met = sa.text("rule_id IS NOT NULL")
    op.create_index("ix_evidence_rule", "evidence", ["rule_id", "created_at"], sqlite_where=met, postgresql_where=met)


def downgrade() -> None:
    op.drop_index("ix_evidence_rule", "evidence")
    op.drop_column("evidence", "rule_id")
    op.drop_column("threads", "premoderate")
    op.drop_column("sites", "rules_version")
    # The release before has one action only, and would take what was removed or held for a ban.
    op.execute("DELETE FROM bans WHERE removed_at IS NOT NULL OR action <> 'spam' OR kind = 'network_day'")
    with op.batch_alter_table("bans") as bans:
        bans.drop_index("ix_bans_list")
        bans.drop_constraint("ck_bans_kind", type_="check")
        bans.drop_constraint("ck_bans_action", type_="check")
        for column, table in _REFERRED.items():
            bans.drop_constraint(f"fk_bans_{column}_{table}", type_="foreignkey")
            bans.drop_column(column)
        for column in ("action", "note", "removed_at"):
            bans.drop_column(column)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER rule_changes_append_only ON rule_changes")
        op.execute("DROP FUNCTION rule_changes_append_only()")
    op.drop_table("rule_changes")
    op.drop_table("rule_lists")


def _create_lists() -> None:
    op.create_table(
        "rule_lists",
        sa.Column("id", ID, nullable=False),
        sa.Column("site_id", ID, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_by", ID, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.CheckConstraint(_ACTIONS, name="ck_rule_lists_action"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_rule_lists_site_id_sites"),
        sa.ForeignKeyConstraint(["made_by"], ["moderators.id"], name="fk_rule_lists_made_by_moderators"),
        sa.PrimaryKeyConstraint("id", name="pk_rule_lists"),
        sa.UniqueConstraint("site_id", "name", name="uq_rule_lists_site_id_name"),
    )


def _create_changes() -> None:
    op.create_table(
        "rule_changes",
        sa.Column("id", ID, nullable=False),
        sa.Column("site_id", ID, nullable=False),
        sa.Column("moderator_id", ID, nullable=True),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.Column("became", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("undo_of", ID, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_rule_changes_site_id_sites"),
        sa.ForeignKeyConstraint(["moderator_id"], ["moderators.id"], name="fk_rule_changes_moderator_id_moderators"),
        sa.ForeignKeyConstraint(["undo_of"], ["rule_changes.id"], name="fk_rule_changes_undo_of_rule_changes"),
        sa.PrimaryKeyConstraint("id", name="pk_rule_changes"),
    )
    op.create_index("ix_rule_changes_site", "rule_changes", ["site_id", "id"])
    op.create_index("uq_rule_changes_undo_of", "rule_changes", ["undo_of"], unique=True)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRES_FUNCTION)
        op.execute(_POSTGRES_TRIGGER)
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(_SQLITE_TRIGGER.format(lower=verb.lower(), verb=verb))
