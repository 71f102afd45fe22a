"""Moderators, their sessions and their failed logins."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from comments_service.storage.base import Base
from comments_service.storage.types import BigId, Moment

ROLES = ("owner", "editor", "moderator", "trainee", "viewer")


class Moderator(Base):
    """A person who may use the review desk. `site_id` narrows the role to one site; empty means all sites.

    `language` is the desk's for them, such as "de"; empty means as their browser asks.
    """

    __tablename__ = "moderators"
    __table_args__ = (CheckConstraint(f"role IN {ROLES}", name="role"),)

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


class ModeratorSession(Base):
    """One login of one moderator. The cookie's or bearer token's secret is kept as a digest only."""

    __tablename__ = "moderator_sessions"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    moderator_id: Mapped[int] = mapped_column(ForeignKey("moderators.id"))
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(16), default="cookie")
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
