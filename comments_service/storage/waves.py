"""Waves of alike comments, what was decided about each as a whole, and how far that has been carried out."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from comments_service.storage.base import Base
from comments_service.storage.types import BigId, Moment


class Wave(Base):
    """A burst of comments on one site that are recognised by one thing: see `moderation.waves`.

    `mark` is the number by which they are found: of their group, of the domain that they link to (`shows` is its name),
    or 0 for newcomers. It lasts until `ended_at`. `ended_by` is the moderator who ended it (None: it ended by itself),
    `dismissed` that they said it was none.
    """

    __tablename__ = "waves"
    __table_args__ = (
        CheckConstraint("kind IN ('alike', 'links', 'newcomers')", name="kind"),
        Index(
            "uq_waves_open",
            "site_id",
            "kind",
            "mark",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_waves_site", "site_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    kind: Mapped[str] = mapped_column(String(16))
    mark: Mapped[int] = mapped_column(BigInteger)
    shows: Mapped[str] = mapped_column(Text, default="")
    began_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("moderators.id"))
    dismissed: Mapped[bool] = mapped_column(default=False)


class WaveRun(Base):
    """One decision about a whole wave, carried out in steps. Comments up to number `up_to` are meant, later ones where
    `follows`. `reached` and `undo_reached` are the last comments that were seen to. `left_alone` counts those that a
    person had decided before, or has since.
    """

    __tablename__ = "wave_runs"
    __table_args__ = (Index("ix_wave_runs_wave", "wave_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("waves.id"))
    moderator_id: Mapped[int] = mapped_column(ForeignKey("moderators.id"))
    action: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(64), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    only_held: Mapped[bool] = mapped_column(default=False)
    follows: Mapped[bool] = mapped_column(default=False)
    up_to: Mapped[int] = mapped_column(BigInteger)
    total: Mapped[int] = mapped_column(default=0)
    left_alone: Mapped[int] = mapped_column(default=0)
    reached: Mapped[int] = mapped_column(BigInteger, default=0)
    created_at: Mapped[datetime] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    undo_by: Mapped[int | None] = mapped_column(ForeignKey("moderators.id"))
    undo_at: Mapped[datetime | None] = mapped_column(Moment)
    undo_reached: Mapped[int] = mapped_column(BigInteger, default=0)
    undone_at: Mapped[datetime | None] = mapped_column(Moment)


class WaveStep(Base):
    """One comment that a run has decided, and the log's row of that decision."""

    __tablename__ = "wave_steps"

    run_id: Mapped[int] = mapped_column(ForeignKey("wave_runs.id"), primary_key=True, autoincrement=False)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), primary_key=True, autoincrement=False)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"))
