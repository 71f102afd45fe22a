"""What is kept for a week to tell which comments are alike: a sketch of each text, and the marks that lead to it."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from comments_service.storage.base import Base
from comments_service.storage.types import BigId, Moment


class Sketch(Base):
    """The sketch of a comment's text (`scoring.likeness`), and the group of alike comments that it was put into."""

    __tablename__ = "sketches"
    __table_args__ = (
        Index("ix_sketches_group", "group_id", "created_at"),
        Index("ix_sketches_age", "created_at"),
    )

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), primary_key=True, autoincrement=False)
    group_id: Mapped[int] = mapped_column(BigInteger)
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Moment)


class LikenessMark(Base):
    """A number under which a comment is found: a band of its sketch, or a domain that it links to."""

    __tablename__ = "likeness_marks"
    __table_args__ = (
        Index("ix_likeness_marks_found", "site_id", "mark", "created_at", "comment_id"),
        Index("ix_likeness_marks_comment", "comment_id"),
        Index("ix_likeness_marks_age", "created_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    mark: Mapped[int] = mapped_column(BigInteger)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
