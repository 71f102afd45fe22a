"""Keys of other people's programs that call a surface of a service they know already, and what they taught by it."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from comments_service.storage.base import Base
from comments_service.storage.types import BigId, Moment

SCALES = ("own", "perspective")


class ApiKey(Base):
    """One program's key to one site, kept as a digest. `per_minute` is its quota; `scale` how scores are told it."""

    __tablename__ = "api_keys"
    __table_args__ = (CheckConstraint(f"scale IN {SCALES}", name="scale"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    per_minute: Mapped[int]
    scale: Mapped[str] = mapped_column(String(16), default="own")
    created_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)


class Suggestion(Base):
    """What a program's people say a text's labels are, 0..1 by label; one that is absent is not known.

    The texts are redacted before they are stored: no address, telephone number or handle is in them.
    """

    __tablename__ = "suggestions"
    __table_args__ = (
        Index("ix_suggestions_latest", "site_id", "created_at", "id"),
        Index("ix_suggestions_key", "api_key_id", "created_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    api_key_id: Mapped[int] = mapped_column(ForeignKey("api_keys.id"))
    text: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text, default="")
    parent: Mapped[str] = mapped_column(Text, default="")
    labels: Mapped[dict[str, float]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(Moment)
