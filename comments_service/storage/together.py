"""What moderators say to one another about comments: opinions, assignments, claims, notes and mentions.

None of it changes a comment, and readers see none of it. Decisions are in judgements.py.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from comments_service.storage.base import Base
from comments_service.storage.types import BigId, Moment

OUTCOMES = ("", "confirmed", "overruled", "answered", "outdated", "withdrawn")
_OPEN = text("settled_at IS NULL")


class Opinion(Base):
    """What somebody thinks of one revision of a comment, without deciding it: a trainee's proposal, or a question.

    A proposal has an `action` as a decision has, a question none: it asks colleagues for a second opinion. Open until
    a moderator decides (`decision_id`), the text changes, or it is taken back; `outcome` says which. `read_at` is when
    its author learned of the outcome.
    """

    __tablename__ = "opinions"
    __table_args__ = (
        CheckConstraint(f"outcome IN {OUTCOMES}", name="outcome"),
        CheckConstraint("action IN ('', 'approve', 'reject', 'spam', 'delete')", name="action"),
        # One open opinion of a person about a comment: a new one takes its place.
        Index(
            "uq_opinions_open", "comment_id", "moderator_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
        ),
        Index("ix_opinions_open_of", "moderator_id", "comment_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_opinions_moderator", "moderator_id", "settled_at"),
        Index("ix_opinions_decision", "decision_id"),
        Index("ix_opinions_comment", "comment_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    revision: Mapped[int]
    action: Mapped[str] = mapped_column(String(16), default="")
    reason: Mapped[str] = mapped_column(String(64), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    moderator_id: Mapped[int] = mapped_column(ForeignKey("moderators.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    outcome: Mapped[str] = mapped_column(String(16), default="")
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"))
    read_at: Mapped[datetime | None] = mapped_column(Moment)


class Assignment(Base):
    """A comment that one colleague is asked to decide about; others may all the same. A decision settles it."""

    __tablename__ = "assignments"
    __table_args__ = (
        Index("uq_assignments_open", "comment_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_assignments_open_of", "moderator_id", "comment_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_assignments_comment", "comment_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    moderator_id: Mapped[int] = mapped_column(ForeignKey("moderators.id"))
    assigned_by: Mapped[int] = mapped_column(ForeignKey("moderators.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)


class Claim(Base):
    """Somebody is looking at a comment, until `expires_at` unless they look on. It locks nothing."""

    __tablename__ = "claims"
    __table_args__ = (
        Index("uq_claims_comment_moderator", "comment_id", "moderator_id", unique=True),
        Index("ix_claims_age", "expires_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    moderator_id: Mapped[int] = mapped_column(ForeignKey("moderators.id"))
    expires_at: Mapped[datetime] = mapped_column(Moment)


class Note(Base):
    """A moderator's words for colleagues about a comment, or about whoever wrote it (`about`: comment or author).

    `comment_id` is where it was written. One about an author stands at every comment of the same address on the site
    (`address_id`), and at this comment alone where no address was given.
    """

    __tablename__ = "notes"
    __table_args__ = (
        CheckConstraint("about IN ('comment', 'author')", name="about"),
        Index("ix_notes_comment", "comment_id"),
        Index("ix_notes_address", "address_id"),
        Index("ix_notes_site", "site_id", "created_at", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    about: Mapped[str] = mapped_column(String(16))
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    address_id: Mapped[int | None] = mapped_column(ForeignKey("addresses.id"))
    body: Mapped[str] = mapped_column(Text)
    moderator_id: Mapped[int] = mapped_column(ForeignKey("moderators.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)


class Mention(Base):
    """A colleague was named in a note; unread while `read_at` is empty. It goes with its note."""

    __tablename__ = "mentions"
    __table_args__ = (
        Index("uq_mentions_note_moderator", "note_id", "moderator_id", unique=True),
        Index("ix_mentions_of", "moderator_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("notes.id"))
    moderator_id: Mapped[int] = mapped_column(ForeignKey("moderators.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    read_at: Mapped[datetime | None] = mapped_column(Moment)
