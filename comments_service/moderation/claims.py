"""Who is looking at which comment, and what colleagues have decided while a page stood open.

A claim locks nothing and expires by itself; deciding takes no notice of it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from comments_service.moderation.chosen import Seen
from comments_service.moderation.last_decisions import LastDecision, last_decisions
from comments_service.moderation.permissions import SiteIds, of_sites
from comments_service.storage.tables import Claim, Comment, Moderator
from comments_service.storage.upsert import put_row

CLAIM_FOR = timedelta(minutes=2)


def claim(session: Session, public_id: str, *, moderator_id: int, site_ids: SiteIds, now: datetime) -> bool:
    """This person looks at this comment from now on, and so at no other; False where there is none on these sites."""
    found = select(Comment.id).where(Comment.public_id == public_id, of_sites(Comment.site_id, site_ids))
    comment_id = session.scalar(found)
    if comment_id is None:
        return False
    session.execute(delete(Claim).where(Claim.moderator_id == moderator_id, Claim.comment_id != comment_id))
    row = {"comment_id": comment_id, "moderator_id": moderator_id, "expires_at": now + CLAIM_FOR}
    put_row(session, Claim, row, ["comment_id", "moderator_id"])
    return True


def watchers(
    session: Session, public_ids: Sequence[str], *, but: int, site_ids: SiteIds, now: datetime
) -> dict[str, list[str]]:
    """The names of those who look at each of these comments now, apart from the moderator `but`; by public id."""
    statement = (
        select(Comment.public_id, Moderator.name)
        .join(Claim, Claim.comment_id == Comment.id)
        .join(Moderator, Moderator.id == Claim.moderator_id)
        .where(
            Comment.public_id.in_(public_ids),
            Claim.expires_at > now,
            Claim.moderator_id != but,
            of_sites(Comment.site_id, site_ids),
        )
        .order_by(Moderator.name)
    )
    found: dict[str, list[str]] = defaultdict(list)
    for public_id, name in session.execute(statement):
        found[public_id].append(name)
    return found


def changed_since(session: Session, seen: Mapping[str, Seen], *, site_ids: SiteIds) -> dict[str, LastDecision]:
    """The latest decision about each of these comments whose status or text is no longer what was seen.

    What is not on these sites is left out.
    """
    rows = session.execute(
        select(Comment.id, Comment.public_id, Comment.revision, Comment.status).where(
            Comment.public_id.in_(list(seen)), of_sites(Comment.site_id, site_ids)
        )
    )
    moved = {row.id: row.public_id for row in rows if seen[row.public_id] != Seen(row.revision, row.status)}
    return {moved[comment_id]: last for comment_id, last in last_decisions(session, list(moved)).items()}


def forget_expired(session: Session, now: datetime) -> int:
    """Remove claims that have run out; how many."""
    statement = delete(Claim).where(Claim.expires_at <= now).returning(Claim.id)
    return len(session.connection().execute(statement).all())
