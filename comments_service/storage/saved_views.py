"""Views of the queue that moderators keep under a name."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from comments_service.storage.base import Base
from comments_service.storage.types import BigId, Moment


class SavedView(Base):
    """A view with its filters and order, as a query. `shared` with the team of `site_id` (None: of every site).

    `is_start` of one's own view: the desk opens with it.
    """

    __tablename__ = "saved_views"
    __table_args__ = (Index("ix_saved_views_owner", "moderator_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    moderator_id: Mapped[int] = mapped_column(ForeignKey("moderators.id"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id"))
    name: Mapped[str] = mapped_column(String(80))
    query: Mapped[str] = mapped_column(Text)
    shared: Mapped[bool]
    is_start: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Moment)
