"""The rules of a site: what they are about, the lists that they came with, and the log of who changed what."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from comments_service.storage.base import Base
from comments_service.storage.types import BigId, Moment

RULE_KINDS = ("address", "network", "network_day", "word", "domain")
RULE_ACTIONS = ("spam", "hold", "limited")


class Ban(Base):
    """A rule of a site against an author's address, a network, a word or a domain, until `expires_at`.

    `pattern` is as `screening.rules.patterns` writes it. `action` says what becomes of a comment that it meets: spam
    (the spam folder), hold (a person looks first) or limited (held, and few of them an hour). `comment_id` is the
    comment whose author or network is meant. A rule that is removed stays for a while, so that it can be put back.
    """

    __tablename__ = "bans"
    __table_args__ = (
        CheckConstraint(f"kind IN {RULE_KINDS}", name="kind"),
        CheckConstraint(f"action IN {RULE_ACTIONS}", name="action"),
        Index("ix_bans_lookup", "site_id", "kind", "pattern"),
        Index("ix_bans_list", "list_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    kind: Mapped[str] = mapped_column(String(16))
    pattern: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(String(16), default="spam", server_default=text("'spam'"))
    note: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    made_by: Mapped[int | None] = mapped_column(ForeignKey("moderators.id"))
    list_id: Mapped[int | None] = mapped_column(ForeignKey("rule_lists.id"))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))
    expires_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)
    removed_at: Mapped[datetime | None] = mapped_column(Moment)


class RuleList(Base):
    """A block list that was imported; its entries are bans with its id. `version` rises when they change.

    `size` counts the entries in force. An import under a name that stands already replaces the entries.
    """

    __tablename__ = "rule_lists"
    __table_args__ = (
        UniqueConstraint("site_id", "name"),
        CheckConstraint(f"action IN {RULE_ACTIONS}", name="action"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    name: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(16))
    note: Mapped[str] = mapped_column(Text, default="")
    made_by: Mapped[int | None] = mapped_column(ForeignKey("moderators.id"))
    version: Mapped[int] = mapped_column(default=1)
    size: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    removed_at: Mapped[datetime | None] = mapped_column(Moment)


class RuleChange(Base):
    """One change of a site's rules, switches or thresholds: who, when, from what to what. Rows are never changed.

    `what` is rule, list, setting or thread; `subject` its id or name. `was` and `became` are plain values, without any
    address or network. `moderator_id` is None for a change by the command line.
    """

    __tablename__ = "rule_changes"
    __table_args__ = (
        Index("ix_rule_changes_site", "site_id", "id"),
        Index("uq_rule_changes_undo_of", "undo_of", unique=True),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    moderator_id: Mapped[int | None] = mapped_column(ForeignKey("moderators.id"))
    what: Mapped[str] = mapped_column(String(16))
    subject: Mapped[str] = mapped_column(Text)
    was: Mapped[Any] = mapped_column(JSON)
    became: Mapped[Any] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(Text, default="")
    undo_of: Mapped[int | None] = mapped_column(ForeignKey("rule_changes.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
