"""What opens the desk besides a password: recovery codes, passkeys, invitations, challenges that wait for an answer."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from comments_service.storage.base import Base
from comments_service.storage.types import BigId, Moment


class RecoveryCode(Base):
    """A code that stands in once for a lost second factor, as a digest. Using it removes the row."""

    __tablename__ = "recovery_codes"
    __table_args__ = (Index("ix_recovery_codes_moderator", "moderator_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    moderator_id: Mapped[int] = mapped_column(ForeignKey("moderators.id"))
    digest: Mapped[str] = mapped_column(String(64), unique=True)


class Passkey(Base):
    """The public half of a passkey. `credential` is the authenticator's name for it and `public_key` its COSE key."""

    __tablename__ = "passkeys"
    __table_args__ = (Index("ix_passkeys_moderator", "moderator_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    moderator_id: Mapped[int] = mapped_column(ForeignKey("moderators.id"))
    credential: Mapped[bytes]
    credential_digest: Mapped[str] = mapped_column(String(64), unique=True)
    public_key: Mapped[bytes]
    sign_count: Mapped[int] = mapped_column(BigInteger, default=0)
    name: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class LoginChallenge(Base):
    """Something that a browser must come back with, once and soon: found by a digest, gone when it was answered."""

    __tablename__ = "login_challenges"
    __table_args__ = (Index("ix_login_challenges_expires", "expires_at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[str] = mapped_column(String(16))
    moderator_id: Mapped[int | None] = mapped_column(ForeignKey("moderators.id"))
    detail: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    expires_at: Mapped[datetime] = mapped_column(Moment)


class Invitation(Base):
    """A link by which one person makes an account of a role, on one site or (without `site_id`) on all."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[str] = mapped_column(String(16))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id"))
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("moderators.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
