"""First tables of the service, and the triggers that keep the decision log append-only."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger()  # microseconds since 1970-01-01 UTC

TABLES = (
    "heartbeats",
    "login_failures",
    "outbox",
    "sites",
    "addresses",
    "bans",
    "moderators",
    "threads",
    "comments",
    "moderator_sessions",
    "decisions",
    "evidence",
    "idempotency_keys",
    "reports",
    "revisions",
    "scores",
    "votes",
)

_SQLITE_TRIGGER = """
CREATE TRIGGER decisions_no_{lower} BEFORE {verb} ON decisions
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END
"""
_POSTGRES_FUNCTION = """
CREATE FUNCTION decisions_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'decisions are append-only'; END
$$ LANGUAGE plpgsql
"""
_POSTGRES_TRIGGER = """
CREATE TRIGGER decisions_append_only BEFORE UPDATE OR DELETE ON decisions
FOR EACH ROW EXECUTE FUNCTION decisions_append_only()
"""


def upgrade() -> None:
    _create_heartbeats()
    _create_login_failures()
    _create_outbox()
    _create_sites()
    _create_addresses()
    _create_bans()
    _create_moderators()
    _create_threads()
    _create_comments()
    _create_moderator_sessions()
    _create_decisions()
    _create_evidence()
    _create_idempotency_keys()
    _create_reports()
    _create_revisions()
    _create_scores()
    _create_votes()
    _keep_decisions()


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER decisions_append_only ON decisions")
        op.execute("DROP FUNCTION decisions_append_only()")
    for table in reversed(TABLES):
        op.drop_table(table)


def _keep_decisions() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRES_FUNCTION)
        op.execute(_POSTGRES_TRIGGER)
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(_SQLITE_TRIGGER.format(lower=verb.lower(), verb=verb))


def _create_heartbeats() -> None:
    op.create_table(
        "heartbeats",
        sa.Column("process", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("model", sa.String(length=64), nullable=True),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("process", name="pk_heartbeats"),
    )


def _create_login_failures() -> None:
    op.create_table(
        "login_failures",
        sa.Column("id", ID, nullable=False),
        sa.Column("subject_digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_login_failures"),
    )
    op.create_index("ix_login_failures_lookup", "login_failures", ["subject_digest", "created_at"])


def _create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("lease_until", MOMENT, nullable=True),
        sa.Column("lease_token", sa.String(length=32), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("parked_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("kind", "key", name="uq_outbox_kind_key"),
    )
    op.create_index("ix_outbox_done", "outbox", ["done_at"])
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["kind", "due_at", "id"],
        sqlite_where=sa.text("done_at IS NULL AND parked_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL AND parked_at IS NULL"),
    )


def _create_sites() -> None:
    op.create_table(
        "sites",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("origins", sa.JSON(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("server_key_digest", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sites"),
        sa.UniqueConstraint("key", name="uq_sites_key"),
    )


def _create_addresses() -> None:
    op.create_table(
        "addresses",
        sa.Column("id", ID, nullable=False),
        sa.Column("site_id", ID, nullable=False),
        sa.Column("blind_index", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("verified_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_addresses_site_id_sites"),
        sa.PrimaryKeyConstraint("id", name="pk_addresses"),
        sa.UniqueConstraint("site_id", "blind_index", name="uq_addresses_site_id_blind_index"),
    )


def _create_bans() -> None:
    op.create_table(
        "bans",
        sa.Column("id", ID, nullable=False),
        sa.Column("site_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("pattern", sa.Text(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_bans_site_id_sites"),
        sa.PrimaryKeyConstraint("id", name="pk_bans"),
    )
    op.create_index("ix_bans_lookup", "bans", ["site_id", "kind", "pattern"])


def _create_moderators() -> None:
    op.create_table(
        "moderators",
        sa.Column("id", ID, nullable=False),
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("site_id", ID, nullable=True),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("role IN ('owner', 'moderator', 'viewer')", name="ck_moderators_role"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_moderators_site_id_sites"),
        sa.PrimaryKeyConstraint("id", name="pk_moderators"),
        sa.UniqueConstraint("login", name="uq_moderators_login"),
    )


def _create_threads() -> None:
    op.create_table(
        "threads",
        sa.Column("id", ID, nullable=False),
        sa.Column("site_id", ID, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_threads_site_id_sites"),
        sa.PrimaryKeyConstraint("id", name="pk_threads"),
        sa.UniqueConstraint("site_id", "url", name="uq_threads_site_id_url"),
    )


def _create_comments() -> None:
    op.create_table(
        "comments",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("site_id", ID, nullable=False),
        sa.Column("thread_id", ID, nullable=False),
        sa.Column("parent_id", ID, nullable=True),
        sa.Column("in_reply_to_id", ID, nullable=True),
        sa.Column("root_id", ID, nullable=True),
        sa.Column("ancestors", sa.Text(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("website", sa.Text(), nullable=False),
        sa.Column("avatar", sa.String(length=16), nullable=False),
        sa.Column("badge", sa.String(length=32), nullable=False),
        sa.Column("address_id", ID, nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("html_version", sa.Integer(), nullable=False),
        sa.Column("text_digest", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("awaits", sa.String(length=16), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("approved_descendants", sa.Integer(), nullable=False),
        sa.Column("up", sa.Integer(), nullable=False),
        sa.Column("down", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Double(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("notify", sa.Boolean(), nullable=False),
        sa.Column("network_digest", sa.String(length=64), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("edited_at", MOMENT, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.CheckConstraint("awaits IN ('machine', 'human', 'nobody')", name="ck_comments_awaits"),
        sa.CheckConstraint(
            "status = 'pending' OR awaits = 'nobody' OR status = 'approved'", name="ck_comments_awaits_status"
        ),
        sa.CheckConstraint(
            "status IN ('pending', 'approved', 'rejected', 'spam', 'deleted')", name="ck_comments_status"
        ),
        sa.ForeignKeyConstraint(["address_id"], ["addresses.id"], name="fk_comments_address_id_addresses"),
        sa.ForeignKeyConstraint(["in_reply_to_id"], ["comments.id"], name="fk_comments_in_reply_to_id_comments"),
        sa.ForeignKeyConstraint(["parent_id"], ["comments.id"], name="fk_comments_parent_id_comments"),
        sa.ForeignKeyConstraint(["root_id"], ["comments.id"], name="fk_comments_root_id_comments"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_comments_site_id_sites"),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name="fk_comments_thread_id_threads"),
        sa.PrimaryKeyConstraint("id", name="pk_comments"),
        sa.UniqueConstraint("public_id", name="uq_comments_public_id"),
    )
    op.create_index("ix_comments_address", "comments", ["address_id", "created_at"])
    op.create_index("ix_comments_children", "comments", ["thread_id", "parent_id", "created_at", "id"])
    op.create_index("ix_comments_descendants", "comments", ["root_id"])
    op.create_index("ix_comments_network", "comments", ["network_digest", "created_at"])
    op.create_index("ix_comments_parent", "comments", ["parent_id"])
    op.create_index("ix_comments_queue", "comments", ["site_id", "status", "created_at", "id"])
    op.create_index(
        "ix_comments_ranked",
        "comments",
        ["thread_id", "rank", "id"],
        sqlite_where=sa.text("parent_id IS NULL AND shown"),
        postgresql_where=sa.text("parent_id IS NULL AND shown"),
    )
    op.create_index("ix_comments_text", "comments", ["site_id", "text_digest", "created_at"])
    op.create_index("ix_comments_thread_time", "comments", ["thread_id", "created_at"])
    op.create_index(
        "ix_comments_top_level",
        "comments",
        ["thread_id", "created_at", "id"],
        sqlite_where=sa.text("parent_id IS NULL AND shown"),
        postgresql_where=sa.text("parent_id IS NULL AND shown"),
    )


def _create_moderator_sessions() -> None:
    op.create_table(
        "moderator_sessions",
        sa.Column("id", ID, nullable=False),
        sa.Column("moderator_id", ID, nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["moderator_id"], ["moderators.id"], name="fk_moderator_sessions_moderator_id_moderators"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_moderator_sessions"),
        sa.UniqueConstraint("token_digest", name="uq_moderator_sessions_token_digest"),
    )


def _create_decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", ID, nullable=False),
        sa.Column("comment_id", ID, nullable=False),
        sa.Column("site_id", ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("from_status", sa.String(length=16), nullable=False),
        sa.Column("to_status", sa.String(length=16), nullable=False),
        sa.Column("actor", sa.String(length=16), nullable=False),
        sa.Column("moderator_id", ID, nullable=True),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("model", sa.String(length=64), nullable=True),
        sa.Column("scores", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("undo_of", ID, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("actor IN ('machine', 'moderator', 'author', 'system')", name="ck_decisions_actor"),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name="fk_decisions_comment_id_comments"),
        sa.ForeignKeyConstraint(["moderator_id"], ["moderators.id"], name="fk_decisions_moderator_id_moderators"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_decisions_site_id_sites"),
        sa.ForeignKeyConstraint(["undo_of"], ["decisions.id"], name="fk_decisions_undo_of_decisions"),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
    )
    op.create_index("ix_decisions_comment", "decisions", ["comment_id", "id"])
    op.create_index("ix_decisions_moderator", "decisions", ["moderator_id", "id"])
    op.create_index("ix_decisions_undo_of", "decisions", ["undo_of"], unique=True)
    op.create_index(
        "uq_decisions_machine",
        "decisions",
        ["comment_id", "revision"],
        unique=True,
        sqlite_where=sa.text("actor = 'machine'"),
        postgresql_where=sa.text("actor = 'machine'"),
    )


def _create_evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", ID, nullable=False),
        sa.Column("comment_id", ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("check_name", sa.String(length=32), nullable=False),
        sa.Column("weight", sa.String(length=16), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name="fk_evidence_comment_id_comments"),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
        sa.UniqueConstraint("comment_id", "revision", "check_name", name="uq_evidence_comment_id_revision_check_name"),
    )


def _create_idempotency_keys() -> None:
    op.create_table(
        "idempotency_keys",
        sa.Column("id", ID, nullable=False),
        sa.Column("site_id", ID, nullable=False),
        sa.Column("key_digest", sa.String(length=64), nullable=False),
        sa.Column("request_digest", sa.String(length=64), nullable=False),
        sa.Column("comment_id", ID, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name="fk_idempotency_keys_comment_id_comments"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_idempotency_keys_site_id_sites"),
        sa.PrimaryKeyConstraint("id", name="pk_idempotency_keys"),
        sa.UniqueConstraint("site_id", "key_digest", name="uq_idempotency_keys_site_id_key_digest"),
    )
    op.create_index("ix_idempotency_keys_age", "idempotency_keys", ["created_at"])


def _create_reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", ID, nullable=False),
        sa.Column("comment_id", ID, nullable=False),
        sa.Column("reporter_digest", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name="fk_reports_comment_id_comments"),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
        sa.UniqueConstraint("comment_id", "reporter_digest", name="uq_reports_comment_id_reporter_digest"),
    )


def _create_revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("id", ID, nullable=False),
        sa.Column("comment_id", ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("website", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("written_by", sa.String(length=16), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name="fk_revisions_comment_id_comments"),
        sa.PrimaryKeyConstraint("id", name="pk_revisions"),
        sa.UniqueConstraint("comment_id", "revision", name="uq_revisions_comment_id_revision"),
    )


def _create_scores() -> None:
    op.create_table(
        "scores",
        sa.Column("id", ID, nullable=False),
        sa.Column("comment_id", ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(length=64), nullable=False),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name="fk_scores_comment_id_comments"),
        sa.PrimaryKeyConstraint("id", name="pk_scores"),
        sa.UniqueConstraint("comment_id", "revision", "model", name="uq_scores_comment_id_revision_model"),
    )


def _create_votes() -> None:
    op.create_table(
        "votes",
        sa.Column("id", ID, nullable=False),
        sa.Column("comment_id", ID, nullable=False),
        sa.Column("voter_digest", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("value IN (-1, 1)", name="ck_votes_value"),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name="fk_votes_comment_id_comments"),
        sa.PrimaryKeyConstraint("id", name="pk_votes"),
        sa.UniqueConstraint("comment_id", "voter_digest", name="uq_votes_comment_id_voter_digest"),
    )
