"""Sites and their threads."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from comments_service.storage.base import Base
from comments_service.storage.types import BigId, Moment


class Site(Base):
    """A publication whose pages carry comments. `version` rises with every change that readers can see,
    `rules_version` with every change of its bans and lists.

    At `unlearn_at` comments were last erased that a model of the site may have learned from: one that was fitted
    before is to be made anew.
    """

    __tablename__ = "sites"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(Text)
    origins: Mapped[list[str]] = mapped_column(JSON)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    server_key_digest: Mapped[str | None] = mapped_column(String(64))
    version: Mapped[int] = mapped_column(default=1)
    rules_version: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    unlearn_at: Mapped[datetime | None] = mapped_column(Moment)


class Thread(Base):
    """The comments of one article, found by its canonical URL. `version` rises when its public answer changes.

    `arrivals` counts how often one of its comments became visible. It rises under the lock on the thread's row, so the
    numbers that comments get of it follow each other as their transactions do; no clock could promise that. Where
    `premoderate` is on, a person looks at every comment of the thread first.
    """

    __tablename__ = "threads"
    __table_args__ = (UniqueConstraint("site_id", "url"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    url: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    open: Mapped[bool] = mapped_column(default=True)
    premoderate: Mapped[bool] = mapped_column(default=False, server_default=false())
    version: Mapped[int] = mapped_column(default=1)
    count: Mapped[int] = mapped_column(default=0)
    arrivals: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    created_at: Mapped[datetime] = mapped_column(Moment)
