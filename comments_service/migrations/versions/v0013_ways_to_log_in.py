"""Second factors, passkeys, invitations, single sign-on; sessions that say how and with what; tokens with scopes."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger()  # microseconds since 1970-01-01 UTC
_EMPTY = sa.text("''")
_TABLES = ("invitations", "login_challenges", "passkeys", "recovery_codes")


def upgrade() -> None:
    op.add_column("moderators", sa.Column("totp_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("moderators", sa.Column("totp_step", sa.BigInteger(), nullable=True))
    op.add_column("moderators", sa.Column("sso_digest", sa.String(length=64), nullable=True))
    op.create_index("uq_moderators_sso_digest", "moderators", ["sso_digest"], unique=True)
    for name, length in (("method", 16), ("browser", 40), ("name", 80)):
        op.add_column(
            "moderator_sessions", sa.Column(name, sa.String(length=length), nullable=False, server_default=_EMPTY)
        )
    # Tokens that are out there go on as they are: good for everything.
    op.add_column(
        "moderator_sessions",
        sa.Column("scopes", sa.String(length=200), nullable=False, server_default=sa.text("'*'")),
    )
    _create_recovery_codes()
    _create_passkeys()
    _create_login_challenges()
    _create_invitations()


def downgrade() -> None:
    for table in _TABLES:
        op.drop_table(table)
    # Half a login must not become a whole one, nor a narrow token a wide one.
    op.execute("DELETE FROM moderator_sessions WHERE kind = 'half' OR scopes <> '*'")
    for name in ("method", "browser", "name", "scopes"):
        op.drop_column("moderator_sessions", name)
    op.drop_index("uq_moderators_sso_digest", "moderators")
    for name in ("totp_sealed", "totp_step", "sso_digest"):
        op.drop_column("moderators", name)


def _of_moderator(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["moderator_id"], ["moderators.id"], name=f"fk_{table}_moderator_id_moderators")


def _create_recovery_codes() -> None:
    op.create_table(
        "recovery_codes",
        sa.Column("id", ID, nullable=False),
        sa.Column("moderator_id", ID, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        _of_moderator("recovery_codes"),
        sa.PrimaryKeyConstraint("id", name="pk_recovery_codes"),
        sa.UniqueConstraint("digest", name="uq_recovery_codes_digest"),
    )
    op.create_index("ix_recovery_codes_moderator", "recovery_codes", ["moderator_id"])


def _create_passkeys() -> None:
    op.create_table(
        "passkeys",
        sa.Column("id", ID, nullable=False),
        sa.Column("moderator_id", ID, nullable=False),
        sa.Column("credential", sa.LargeBinary(), nullable=False),
        sa.Column("credential_digest", sa.String(length=64), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        _of_moderator("passkeys"),
        sa.PrimaryKeyConstraint("id", name="pk_passkeys"),
        sa.UniqueConstraint("credential_digest", name="uq_passkeys_credential_digest"),
    )
    op.create_index("ix_passkeys_moderator", "passkeys", ["moderator_id"])


def _create_login_challenges() -> None:
    op.create_table(
        "login_challenges",
        sa.Column("id", ID, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("moderator_id", ID, nullable=True),
        sa.Column("detail", sa.Text(), nullable=False, server_default=_EMPTY),
        sa.Column("expires_at", MOMENT, nullable=False),
        _of_moderator("login_challenges"),
        sa.PrimaryKeyConstraint("id", name="pk_login_challenges"),
        sa.UniqueConstraint("digest", name="uq_login_challenges_digest"),
    )
    op.create_index("ix_login_challenges_expires", "login_challenges", ["expires_at"])


def _create_invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", ID, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("site_id", ID, nullable=True),
        sa.Column("invited_by", ID, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_invitations_site_id_sites"),
        sa.ForeignKeyConstraint(["invited_by"], ["moderators.id"], name="fk_invitations_invited_by_moderators"),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sa.UniqueConstraint("digest", name="uq_invitations_digest"),
    )
