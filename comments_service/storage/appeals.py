"""Authors' objections to decisions (Article 20 of the Digital Services Act), and what became of each."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from comments_service.storage.base import Base
from comments_service.storage.types import BigId, Moment

APPEAL_OUTCOMES = ("upheld", "reversed", "dropped", "reopened")


class Appeal(Base):
    """What an author says against one decision; there is one for a decision. Open while `settled_at` is empty.

    `reference` is what author and moderators call it. An erasure empties `text`.
    """

    __tablename__ = "appeals"
    __table_args__ = (
        Index(
            "ix_appeals_open",
            "site_id",
            "created_at",
            "id",
            sqlite_where=text("settled_at IS NULL"),
            postgresql_where=text("settled_at IS NULL"),
        ),
        Index("ix_appeals_comment", "comment_id"),
        Index("ix_appeals_age", "site_id", "created_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"), unique=True)
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)


class AppealStep(Base):
    """What became of an appeal. Rows are never changed or removed (triggers see to it), but for `answer`, which an
    erasure empties.

    upheld: the contested decision stands; reversed: `decision_id` published the comment; dropped: its author deleted
    the comment; reopened: the step before was taken back. `alone` says that nobody but who had decided before was
    there to decide. `answer` is for the author.
    """

    __tablename__ = "appeal_steps"
    __table_args__ = (
        CheckConstraint(f"outcome IN {APPEAL_OUTCOMES}", name="outcome"),
        Index("ix_appeal_steps_appeal", "appeal_id", "id"),
        Index("ix_appeal_steps_decision", "decision_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeals.id"))
    outcome: Mapped[str] = mapped_column(String(16))
    moderator_id: Mapped[int | None] = mapped_column(ForeignKey("moderators.id"))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"))
    alone: Mapped[bool] = mapped_column(default=False)
    answer: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(Moment)
