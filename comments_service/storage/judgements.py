"""What was found out about a comment (evidence, scores) and what was decided (append-only)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from comments_service.storage.base import Base
from comments_service.storage.types import BigId, Moment


class Evidence(Base):
    """One check's result on one revision. `weight` is pass, hold, spam, reject or failed (could not run).

    `rule_id` is the ban that was met, kept when that is gone: so that it is known how often a rule catches something.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint("comment_id", "revision", "check_name"),
        Index(
            "ix_evidence_rule",
            "rule_id",
            "created_at",
            sqlite_where=text("rule_id IS NOT NULL"),
            postgresql_where=text("rule_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    revision: Mapped[int]
    check_name: Mapped[str] = mapped_column(String(32))
    weight: Mapped[str] = mapped_column(String(16))
    detail: Mapped[str] = mapped_column(Text, default="")
    rule_id: Mapped[int | None] = mapped_column(BigId)
    created_at: Mapped[datetime] = mapped_column(Moment)


class Score(Base):
    """What one model said of one revision: calibrated 0..1 per label, with the reasons a moderator reads."""

    __tablename__ = "scores"
    __table_args__ = (UniqueConstraint("comment_id", "revision", "model"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    revision: Mapped[int]
    model: Mapped[str] = mapped_column(String(64))
    scores: Mapped[dict[str, float]] = mapped_column(JSON)
    language: Mapped[str] = mapped_column(String(16))
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(Moment)


class ShadowScore(Base):
    """What a model on trial said of one revision. Kept apart, so that nothing that decides can read it by mistake."""

    __tablename__ = "shadow_scores"
    __table_args__ = (
        UniqueConstraint("comment_id", "revision", "model"),
        Index("ix_shadow_scores_site", "site_id", "model", "id"),
        Index("ix_shadow_scores_age", "created_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    revision: Mapped[int]
    model: Mapped[str] = mapped_column(String(64))
    scores: Mapped[dict[str, float]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(Moment)


class ModelState(Base):
    """What a worker last found about a site's model: which it is, what hinders its own, how far its scores drifted.

    Metrics and `doctor` read it: the web process loads no model, and must not begin to for a gauge. `drift` is as in
    `scoring.drift`, empty while there are too few comments.
    """

    __tablename__ = "model_states"

    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"), primary_key=True, autoincrement=False)
    model: Mapped[str] = mapped_column(String(64))
    trouble: Mapped[str] = mapped_column(Text, default="")
    drift: Mapped[dict[str, Any]] = mapped_column(JSON)
    measured_at: Mapped[datetime] = mapped_column(Moment)


class SecondLook(Base):
    """Asks a person to look at a comment that has been decided: drawn for the audit, or its decision is in doubt.

    Open until a moderator decided about the comment; its status stays as it is meanwhile.
    """

    __tablename__ = "second_looks"
    __table_args__ = (
        # A person who has confirmed a doubtful decision is not asked again about the same text.
        UniqueConstraint("comment_id", "revision", "why"),
        CheckConstraint("why IN ('audit', 'doubtful')", name="why"),
        Index(
            "ix_second_looks_open",
            "comment_id",
            sqlite_where=text("settled_at IS NULL"),
            postgresql_where=text("settled_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    revision: Mapped[int]
    why: Mapped[str] = mapped_column(String(16))
    detail: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)


class Decision(Base):
    """One step of a comment from one status to another. Rows are never changed or removed (triggers see to it), but
    for `note`, which an erasure empties.

    On a machine's decision `stream` says how a person came to see the comment: queue (it was held), audit (it was
    drawn at random), empty (neither); `shown_probability` is how likely that was. Both are None on other rows, and on
    those that were written before they existed. `batch` is shared by what one moderator decided in one go.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        CheckConstraint("actor IN ('machine', 'moderator', 'author', 'system')", name="actor"),
        # A machine decides a revision once, however often the message arrives.
        Index(
            "uq_decisions_machine",
            "comment_id",
            "revision",
            unique=True,
            sqlite_where=text("actor = 'machine'"),
            postgresql_where=text("actor = 'machine'"),
        ),
        Index("ix_decisions_comment", "comment_id", "id"),
        Index("ix_decisions_moderator", "moderator_id", "id"),
        Index("ix_decisions_time", "site_id", "created_at"),
        # What people did, newest first, without walking through what the machine did.
        Index(
            "ix_decisions_people",
            "created_at",
            "id",
            sqlite_where=text("actor = 'moderator'"),
            postgresql_where=text("actor = 'moderator'"),
        ),
        Index("ix_decisions_undo_of", "undo_of", unique=True),
        Index(
            "ix_decisions_batch",
            "batch",
            "id",
            sqlite_where=text("batch IS NOT NULL"),
            postgresql_where=text("batch IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    revision: Mapped[int]
    action: Mapped[str] = mapped_column(String(16))
    from_status: Mapped[str] = mapped_column(String(16))
    to_status: Mapped[str] = mapped_column(String(16))
    actor: Mapped[str] = mapped_column(String(16))
    moderator_id: Mapped[int | None] = mapped_column(ForeignKey("moderators.id"))
    reason: Mapped[str] = mapped_column(String(64), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    model: Mapped[str | None] = mapped_column(String(64))
    scores: Mapped[dict[str, float] | None] = mapped_column(JSON(none_as_null=True))
    stream: Mapped[str | None] = mapped_column(String(16))
    shown_probability: Mapped[float | None]
    undo_of: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"))
    batch: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(Moment)
