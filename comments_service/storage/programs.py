"""Keys of other people's programs that call a surface of a service they know already; what they taught and asked."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
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
    website: Mapped[str | None] = mapped_column(Text)
    labels: Mapped[dict[str, float]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(Moment)


class BlogMonth(Base):
    """How often a program asked about one blog in one month, and what it was told: numbers, and no text.

    `month` is like 2026-11, in UTC; `blog` the blog's host, empty for all those beyond the most that are told apart.
    """

    __tablename__ = "blog_months"
    __table_args__ = (UniqueConstraint("api_key_id", "month", "blog"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    api_key_id: Mapped[int] = mapped_column(ForeignKey("api_keys.id"))
    month: Mapped[str] = mapped_column(String(7))
    blog: Mapped[str] = mapped_column(String(300))
    spam: Mapped[int]
    ham: Mapped[int]
    missed_spam: Mapped[int]
    false_positives: Mapped[int]
