"""Who wants mails about which comments, and which comments they have been told of."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from comments_service.storage.base import Base
from comments_service.storage.types import BigId, Moment


class Follow(Base):
    """One address that follows an article's comments, or the replies to one comment (`reply_to`, a public id).

    `wanted_at` is set by whoever asks and cleared once that was looked at; `asked_at` is when the last mail that asks
    for a confirmation was promised, and `asks` how many were. Only with `confirmed_at` are there mails about comments,
    the last one promised at `told_at`; `seen` is the number (`Comment.arrival`) up to which comments were looked at.
    Ending a follow removes the row, and the sealed address with it.
    """

    __tablename__ = "follows"
    __table_args__ = (
        UniqueConstraint("site_id", "blind_index", "url", "reply_to"),
        Index(
            "ix_follows_wanted",
            "wanted_at",
            sqlite_where=text("wanted_at IS NOT NULL"),
            postgresql_where=text("wanted_at IS NOT NULL"),
        ),
        Index("ix_follows_address", "blind_index"),
        Index("ix_follows_asked", "asked_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    url: Mapped[str] = mapped_column(Text)
    reply_to: Mapped[str] = mapped_column(String(32))
    blind_index: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    language: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime] = mapped_column(Moment)
    wanted_at: Mapped[datetime | None] = mapped_column(Moment)
    asked_at: Mapped[datetime | None] = mapped_column(Moment)
    asks: Mapped[int] = mapped_column(default=0)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    told_at: Mapped[datetime | None] = mapped_column(Moment)
    seen: Mapped[int] = mapped_column(default=0)


class ToldComment(Base):
    """A comment that a follower has been told of, so that nobody is told twice when it is hidden and shown again."""

    __tablename__ = "told_comments"
    __table_args__ = (UniqueConstraint("follow_id", "comment_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    follow_id: Mapped[int] = mapped_column(ForeignKey("follows.id"))
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
