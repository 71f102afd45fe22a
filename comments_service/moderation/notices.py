"""Open notices of illegal content, as moderators see them: the words whole, the address masked."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from comments_service.moderation.masking import masked
from comments_service.privacy.addresses import AddressVault
from comments_service.privacy.hide import hide_addresses
from comments_service.storage.tables import Notice


@dataclass(frozen=True, slots=True)
class OpenNotice:
    """Why somebody holds a comment to be illegal. `masked_address` and `name` are "" for who stays unnamed."""

    reference: str
    name: str
    masked_address: str
    explanation: str
    law: str
    child_abuse: bool
    created_at: datetime


def open_notices(session: Session, comment_ids: Sequence[int], vault: AddressVault) -> dict[int, list[OpenNotice]]:
    """The open notices about each comment, the oldest first, by the comment's id."""
    found: dict[int, list[OpenNotice]] = defaultdict(list)
    statement = select(Notice).where(Notice.comment_id.in_(comment_ids), Notice.settled_at.is_(None))
    for row in session.scalars(statement.order_by(Notice.id)):
        found[row.comment_id].append(
            OpenNotice(
                reference=row.reference,
                name=hide_addresses(row.name),
                masked_address=masked(row.sealed, vault) if row.sealed is not None else "",
                explanation=hide_addresses(row.explanation),
                law=hide_addresses(row.law),
                child_abuse=row.child_abuse,
                created_at=row.created_at,
            )
        )
    return found
