"""An author's history on one site, behind one of their comments: how many stand where, and since when.

The author is known by an address that is never named here; the comments themselves are pages of the queue.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from comments_service.moderation.decide import NoSuchComment
from comments_service.moderation.masking import masked
from comments_service.moderation.permissions import SiteIds, of_sites
from comments_service.privacy.addresses import AddressVault
from comments_service.storage.tables import Address, Comment, Site


@dataclass(frozen=True, slots=True)
class Author:
    """Whoever wrote a comment. `counts` by status; `since` is when the first of them was written.

    Without an address `masked_address` is empty, and the one comment is all that is known.
    """

    public_id: str
    name: str
    masked_address: str
    confirmed: bool
    site_name: str
    counts: dict[str, int]
    since: datetime


def author_of(session: Session, public_id: str, *, site_ids: SiteIds, vault: AddressVault) -> Author:
    """The author of a comment. Raises NoSuchComment where there is none of this id on these sites."""
    row = session.execute(
        select(Comment, Site.name, Address.sealed, Address.verified_at)
        .join(Site, Site.id == Comment.site_id)
        .outerjoin(Address, Address.id == Comment.address_id)
        .where(Comment.public_id == public_id, of_sites(Comment.site_id, site_ids))
    ).one_or_none()
    if row is None:
        raise NoSuchComment(f"no comment {public_id}")
    comment, site_name, sealed, verified_at = row
    address = "" if sealed is None else masked(sealed, vault)
    counts, since = _history(session, comment)
    return Author(comment.public_id, comment.name, address, verified_at is not None, site_name, counts, since)


def _history(session: Session, comment: Comment) -> tuple[dict[str, int], datetime]:
    if comment.address_id is None:
        return {comment.status: 1}, comment.created_at
    found = session.execute(
        select(Comment.status, func.count(), func.min(Comment.created_at))
        .where(Comment.address_id == comment.address_id)
        .group_by(Comment.status)
        .order_by(Comment.status)
    ).all()
    return {status: count for status, count, _ in found}, min(first for _, _, first in found)
