"""Notices of illegal content (Article 16 of the Digital Services Act), with the sealed address of who gave them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from comments_service.storage.base import Base
from comments_service.storage.types import BigId, Moment


class Notice(Base):
    """A reader's statement that a comment is illegal and why, open until a moderator decided about the comment.

    `notifier` tells one notifier from another: the blind index of the address, or a digest of the network where the
    law lets a person stay unnamed. `sealed` and `name` are forgotten after a year, the statement stays.
    """

    __tablename__ = "notices"
    __table_args__ = (
        # One open notice a notifier and comment: a second one says nothing new.
        Index(
            "uq_notices_open",
            "comment_id",
            "notifier",
            unique=True,
            sqlite_where=text("settled_at IS NULL"),
            postgresql_where=text("settled_at IS NULL"),
        ),
        Index("ix_notices_notifier", "notifier", "created_at"),
        Index("ix_notices_age", "created_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    notifier: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    name: Mapped[str] = mapped_column(Text)
    explanation: Mapped[str] = mapped_column(Text)
    law: Mapped[str] = mapped_column(Text)
    child_abuse: Mapped[bool]
    language: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
