"""Comments, their revisions, the sealed addresses of their authors, votes, reports and idempotency keys."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from comments_service.storage.base import Base
from comments_service.storage.types import BigId, Moment

STATUSES = ("pending", "approved", "rejected", "spam", "deleted")


class Address(Base):
    """An author's e-mail address: sealed, found again by a keyed blind index, never joined into public answers."""

    __tablename__ = "addresses"
    __table_args__ = (UniqueConstraint("site_id", "blind_index"), Index("ix_addresses_new", "site_id", "created_at"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    blind_index: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    verified_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)


class Comment(Base):
    """One comment. `source` is what the author wrote, `html` what readers get, rendered once by `html_version`.

    `parent_id` is its place in the tree (depth is bounded), `in_reply_to_id` the comment that was answered.
    `ancestors` holds the ids from the top-level comment down to the parent, joined by dots. `shown` is true while
    the comment is approved or an approved reply hangs below it. `awaits` says who acts next: machine, human, nobody.
    `look_at` is its place in the order "what to look at first": see `screening.first`; None counts as `created_at`.
    `uncertainty` (thousandths, 0: the model was sure) and `thread_published` (how many comments of its thread were
    published) are as they were when the machine last looked, and order the queue.
    `arrival` numbers a thread's comments in the order in which they became visible; None for one that is hidden, or
    that an import brought. `group_id` is the same for comments that are alike (`moderation.likeness`); None for one
    that stands for itself. `wave_id` is the wave that it belongs to (`moderation.waves`).
    """

    __tablename__ = "comments"
    __table_args__ = (
        CheckConstraint(f"status IN {STATUSES}", name="status"),
        CheckConstraint("awaits IN ('machine', 'human', 'nobody')", name="awaits"),
        CheckConstraint("status = 'pending' OR awaits = 'nobody' OR status = 'approved'", name="awaits_status"),
        Index("ix_comments_children", "thread_id", "parent_id", "created_at", "id"),
        Index(
            "ix_comments_top_level",
            "thread_id",
            "created_at",
            "id",
            sqlite_where=text("parent_id IS NULL AND shown"),
            postgresql_where=text("parent_id IS NULL AND shown"),
        ),
        Index(
            "ix_comments_ranked",
            "thread_id",
            "rank",
            "id",
            sqlite_where=text("parent_id IS NULL AND shown"),
            postgresql_where=text("parent_id IS NULL AND shown"),
        ),
        Index("ix_comments_descendants", "root_id"),
        Index("ix_comments_parent", "parent_id"),
        Index("ix_comments_queue", "site_id", "status", "created_at", "id"),
        Index("ix_comments_first", "site_id", "status", text("coalesce(look_at, created_at)"), "id"),
        # Turned round, so that the highest come first and equals in the order of their writing.
        Index("ix_comments_urgent", "site_id", "status", text("(-reports)"), "created_at", "id"),
        Index("ix_comments_uncertain", "site_id", "status", text("(-uncertainty)"), "created_at", "id"),
        Index("ix_comments_read", "site_id", "status", text("(-thread_published)"), "created_at", "id"),
        Index("ix_comments_author", "address_id", "status"),
        Index("ix_comments_network", "network_digest", "created_at"),
        Index("ix_comments_address", "address_id", "created_at"),
        Index("ix_comments_thread_time", "thread_id", "created_at"),
        Index("ix_comments_text", "site_id", "text_digest", "created_at"),
        Index(
            "ix_comments_arrivals",
            "thread_id",
            "arrival",
            sqlite_where=text("arrival IS NOT NULL"),
            postgresql_where=text("arrival IS NOT NULL"),
        ),
        Index(
            "ix_comments_alike",
            "group_id",
            "id",
            sqlite_where=text("status = 'pending'"),
            postgresql_where=text("status = 'pending'"),
        ),
        Index(
            "ix_comments_wave",
            "wave_id",
            "id",
            sqlite_where=text("wave_id IS NOT NULL"),
            postgresql_where=text("wave_id IS NOT NULL"),
        ),
        Index(
            "ix_comments_wave_waits",
            "wave_id",
            "id",
            sqlite_where=text("wave_id IS NOT NULL AND status = 'pending'"),
            postgresql_where=text("wave_id IS NOT NULL AND status = 'pending'"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))
    in_reply_to_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))
    root_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))
    ancestors: Mapped[str] = mapped_column(Text, default="")
    depth: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(Text)
    website: Mapped[str] = mapped_column(Text, default="")
    avatar: Mapped[str] = mapped_column(String(16))
    badge: Mapped[str] = mapped_column(String(32), default="")
    address_id: Mapped[int | None] = mapped_column(ForeignKey("addresses.id"))
    source: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    html_version: Mapped[int]
    text_digest: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(16), default="")
    status: Mapped[str] = mapped_column(String(16))
    awaits: Mapped[str] = mapped_column(String(16))
    shown: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int] = mapped_column(default=1)
    approved_descendants: Mapped[int] = mapped_column(default=0)
    up: Mapped[int] = mapped_column(default=0)
    down: Mapped[int] = mapped_column(default=0)
    rank: Mapped[float] = mapped_column(default=0.0)
    reports: Mapped[int] = mapped_column(default=0)
    notify: Mapped[bool] = mapped_column(default=False)
    network_digest: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Moment)
    edited_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    look_at: Mapped[datetime | None] = mapped_column(Moment)
    arrival: Mapped[int | None]
    group_id: Mapped[int | None] = mapped_column(BigInteger)
    wave_id: Mapped[int | None] = mapped_column(BigInteger)
    uncertainty: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    thread_published: Mapped[int] = mapped_column(default=0, server_default=text("0"))


class Revision(Base):
    """What a comment said at one revision; the current one included."""

    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("comment_id", "revision"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    revision: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    website: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    written_by: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime] = mapped_column(Moment)


class IdempotencyKey(Base):
    """Remembers which comment a repeated POST already made; the key itself is kept as a digest."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (
        UniqueConstraint("site_id", "key_digest"),
        Index("ix_idempotency_keys_age", "created_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    key_digest: Mapped[str] = mapped_column(String(64))
    request_digest: Mapped[str] = mapped_column(String(64))
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)


class Vote(Base):
    """One voter's vote on one comment; the voter is a keyed digest that differs for every comment."""

    __tablename__ = "votes"
    __table_args__ = (
        UniqueConstraint("comment_id", "voter_digest"),
        CheckConstraint("value IN (-1, 1)", name="value"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    voter_digest: Mapped[str] = mapped_column(String(64))
    value: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(Moment)


class Report(Base):
    """A reader's flag on a comment, open until a moderator decided about the comment."""

    __tablename__ = "reports"
    __table_args__ = (
        UniqueConstraint("comment_id", "reporter_digest"),
        Index(
            "ix_reports_open",
            "comment_id",
            sqlite_where=text("settled_at IS NULL"),
            postgresql_where=text("settled_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    reporter_digest: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(String(32))
    note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
