"""Moderators, their sessions and their failed logins. What else opens the door for them is in `logins`."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from comments_service.storage.base import Base
from comments_service.storage.types import BigId, Moment

ROLES = ("owner", "editor", "moderator", "trainee", "viewer")


class Moderator(Base):
    """A person who may use the review desk. `site_id` narrows the role to one site; empty means all sites.

    `language` is the desk's for them, such as "de"; empty means as their browser asks. `totp_sealed` is the encrypted
    secret of their authenticator app, `totp_step` the last time step whose code was used. `sso_digest` is a digest of
    issuer and subject at the identity provider.
    """

    __tablename__ = "moderators"
    __table_args__ = (
        CheckConstraint(f"role IN {ROLES}", name="role"),
        Index("uq_moderators_sso_digest", "sso_digest", unique=True),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    login: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(Text)
    password_hash: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(String(16))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id"))
    must_change: Mapped[bool] = mapped_column(default=True)
    disabled: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(String(16), default="", server_default=text("''"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime | None] = mapped_column(Moment)
    totp_sealed: Mapped[bytes | None]
    totp_step: Mapped[int | None] = mapped_column(BigInteger)
    sso_digest: Mapped[str | None] = mapped_column(String(64))


class ModeratorSession(Base):
    """One login of one moderator. The cookie's or bearer token's secret is kept as a digest only.

    `kind` is cookie, bearer, or half: the password was right, and the second factor is still to come. `method` says how
    a person logged in and `browser` with what, coarsely, like "Firefox/Linux". A bearer token has a `name` and its
    `scopes`, divided by blanks; "*" is all of them.
    """

    __tablename__ = "moderator_sessions"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    moderator_id: Mapped[int] = mapped_column(ForeignKey("moderators.id"))
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(16), default="cookie")
    method: Mapped[str] = mapped_column(String(16), default="", server_default=text("''"))
    browser: Mapped[str] = mapped_column(String(40), default="", server_default=text("''"))
    name: Mapped[str] = mapped_column(String(80), default="", server_default=text("''"))
    scopes: Mapped[str] = mapped_column(String(200), default="*", server_default=text("'*'"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)


class LoginFailure(Base):
    """A failed login, by keyed digest of account and source, so that tries can be slowed down."""

    __tablename__ = "login_failures"
    __table_args__ = (Index("ix_login_failures_lookup", "subject_digest", "created_at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    subject_digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Moment)
