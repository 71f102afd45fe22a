"""What moderators are told by mail, and the links by which they decide from there."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from comments_service.storage.base import Base
from comments_service.storage.types import BigId, Moment

MAIL_PACES = ("now", "hourly", "daily", "none")
LINK_CAUSES = ("waiting", "reported", "notice", "mention", "assigned")


class ModeratorMail(Base):
    """A moderator's address and what they want sent there.

    `sealed` is the address that was confirmed, `asked` one that a mail was sent to (at `asked_at`) and that nobody has
    confirmed yet. `about` are codes divided by blanks, `hour` the hour (UTC) of a daily mail. `began_at` is since
    when news count, `seen_at` up to when they were looked at, `digest_at` when the last digest was promised.
    """

    __tablename__ = "moderator_mails"
    __table_args__ = (CheckConstraint(f"pace IN {MAIL_PACES}", name="pace"),)

    moderator_id: Mapped[int] = mapped_column(BigId, ForeignKey("moderators.id"), primary_key=True, autoincrement=False)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    asked: Mapped[bytes | None] = mapped_column(LargeBinary)
    asked_at: Mapped[datetime | None] = mapped_column(Moment)
    pace: Mapped[str] = mapped_column(String(8), default="now")
    hour: Mapped[int] = mapped_column(default=7)
    about: Mapped[str] = mapped_column(Text)
    began_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    digest_at: Mapped[datetime | None] = mapped_column(Moment)


class DecideLink(Base):
    """The right of one moderator to decide, by mail and once, about one revision of one comment.

    `after` is the latest decision about the comment when the mail was promised (0: none): once there is a later one,
    the link is out of date. `used_at` and `decision_id` are set by whoever uses it, and emptied by undoing.
    """

    __tablename__ = "decide_links"
    __table_args__ = (
        # Two relays that look at the same moment, or one that looks twice, promise one mail.
        UniqueConstraint("moderator_id", "comment_id", "revision", "cause"),
        CheckConstraint(f"cause IN {LINK_CAUSES}", name="cause"),
        Index("ix_decide_links_age", "created_at"),
        Index("ix_decide_links_comment", "comment_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    moderator_id: Mapped[int] = mapped_column(ForeignKey("moderators.id"))
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    revision: Mapped[int]
    cause: Mapped[str] = mapped_column(String(16))
    after: Mapped[int] = mapped_column(BigId)
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"))
