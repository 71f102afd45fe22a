"""That a person was erased: kept so that a restored backup can be made to forget that person again."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from comments_service.storage.base import Base
from comments_service.storage.types import BigId, Moment


class Erasure(Base):
    """A tombstone: what is of this blind index and was written up to `erased_at` must not be kept.

    It names nobody: without the installation's key no address leads to the index, and none out of it. `site_id` is
    None where the person was erased on all sites.
    """

    __tablename__ = "erasures"
    __table_args__ = (Index("ix_erasures_person", "blind_index", "erased_at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    blind_index: Mapped[str] = mapped_column(String(64))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id"))
    erased_at: Mapped[datetime] = mapped_column(Moment)
