"""What became of each try to send a mail, for whoever asks why one did not arrive."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from comments_service.storage.base import Base
from comments_service.storage.types import BigId, Moment

MAIL_OUTCOMES = ("taken", "later", "parked", "refused", "capped", "nothing", "unknown")


class MailTry(Base):
    """One try to send one mail (`outbox_id`; the outbox forgets its rows sooner than this log).

    taken: the mail server has it; later: it is tried again; parked: given up until a person looks; refused: a reader's
    mailbox does not exist; capped: the address had its share; nothing: there was nothing to tell any more; unknown: the
    worker ended while it spoke to the server. `recipient` is masked, `recipient_index` its blind index, `code` and
    `answer` are the server's, without addresses.
    """

    __tablename__ = "mail_tries"
    __table_args__ = (
        CheckConstraint(f"outcome IN {MAIL_OUTCOMES}", name="outcome"),
        Index("ix_mail_tries_age", "tried_at"),
        Index("ix_mail_tries_recipient", "recipient_index", "tried_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    outbox_id: Mapped[int] = mapped_column(BigId)
    what: Mapped[str] = mapped_column(String(32))
    recipient: Mapped[str] = mapped_column(String(64))
    recipient_index: Mapped[str] = mapped_column(String(64))
    promised_at: Mapped[datetime] = mapped_column(Moment)
    tried_at: Mapped[datetime] = mapped_column(Moment)
    number: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(16))
    code: Mapped[int | None]
    answer: Mapped[str] = mapped_column(Text)
