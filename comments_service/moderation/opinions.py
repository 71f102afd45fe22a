"""Opinions on comments that decide nothing: a trainee's proposals, and questions to colleagues for a second opinion.

A comment's status, readers and training data know nothing of them. What a decision makes of the open ones stands in
`opinion_outcomes`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, false, select, update
from sqlalchemy.orm import Session

from comments_service.moderation.chosen import Result, Seen, conflict, for_each
from comments_service.moderation.permissions import SiteIds
from comments_service.moderation.transitions import LIVE
from comments_service.privacy.hide import hide_addresses
from comments_service.storage.tables import Comment, Moderator, Opinion
from comments_service.storage.upsert import insert_row

PROPOSED, ASKED, WITHDRAWN = "proposed", "asked", "withdrawn"


@dataclass(frozen=True, slots=True)
class Eyes:
    """Who looks at the queue. `learning` is a trainee, who sees no colleague's opinion before giving their own."""

    moderator_id: int
    learning: bool = False


@dataclass(frozen=True, slots=True)
class OpenOpinion:
    """What somebody would do with a comment; with an empty `action`, what they ask. `by` is a name."""

    id: int
    action: str
    reason: str
    note: str
    by: str
    moderator_id: int
    created_at: datetime


def propose_many(
    session: Session,
    ids: Sequence[str],
    action: str,
    *,
    moderator_id: int,
    site_ids: SiteIds,
    now: datetime,
    seen: Mapping[str, Seen] | None = None,
    reason: str = "",
    note: str = "",
) -> list[Result]:
    """Keep what a trainee would decide about each comment, in place of what they thought of it before.

    Takes and gives what `bulk.decide_many` does, with the result "proposed"; the same conflicts are told.
    """
    kept = {"action": action, "reason": reason if action == "reject" else "", "note": note}
    return _keep(session, ids, kept, PROPOSED, moderator_id, site_ids, now, seen or {})


def ask_many(
    session: Session,
    ids: Sequence[str],
    *,
    moderator_id: int,
    site_ids: SiteIds,
    now: datetime,
    seen: Mapping[str, Seen] | None = None,
    note: str = "",
) -> list[Result]:
    """Ask colleagues for a second opinion on each comment; results are "asked", missing or conflict."""
    kept = {"action": "", "reason": "", "note": note}
    return _keep(session, ids, kept, ASKED, moderator_id, site_ids, now, seen or {})


def withdraw_many(
    session: Session, ids: Sequence[str], *, moderator_id: int, site_ids: SiteIds, now: datetime
) -> list[Result]:
    """Take back one's own open opinion on each comment. Where it is settled by now, that is a conflict."""

    def one(comment: Comment) -> Result:
        if _close_own(session, comment.id, moderator_id, now):
            return Result(comment.public_id, WITHDRAWN, comment.status)
        return conflict(session, comment, "decided")

    return for_each(session, ids, site_ids, one)


def opened_for(eyes: Eyes | None) -> Select[int]:
    """The ids of comments with an open opinion; for somebody who learns, with one of their own."""
    still_open = select(Opinion.comment_id).where(Opinion.settled_at.is_(None))
    if eyes is not None and eyes.learning:
        still_open = still_open.where(Opinion.moderator_id == eyes.moderator_id)
    return still_open


def has_own(eyes: Eyes | None) -> ColumnElement[bool]:
    """True of comments about which this person has said what they think: they wait for others now."""
    return false() if eyes is None else Comment.id.in_(own_open(eyes))


def own_open(eyes: Eyes) -> Select[int]:
    """The comments about which this person has an open opinion, by their ids."""
    return select(Opinion.comment_id).where(Opinion.settled_at.is_(None), Opinion.moderator_id == eyes.moderator_id)


def open_opinions(session: Session, public_ids: Sequence[str], eyes: Eyes) -> dict[str, list[OpenOpinion]]:
    """The open opinions on each comment that these eyes may see, the oldest first, by public id."""
    statement = (
        select(Opinion, Comment.public_id, Moderator.name)
        .join(Comment, Comment.id == Opinion.comment_id)
        .join(Moderator, Moderator.id == Opinion.moderator_id)
        .where(Comment.public_id.in_(public_ids), Opinion.settled_at.is_(None))
        .order_by(Opinion.id)
    )
    if eyes.learning:
        statement = statement.where(Opinion.moderator_id == eyes.moderator_id)
    found: dict[str, list[OpenOpinion]] = defaultdict(list)
    for row, public_id, name in session.execute(statement):
        note = hide_addresses(row.note)
        opinion = OpenOpinion(row.id, row.action, row.reason, note, name, row.moderator_id, row.created_at)
        found[public_id].append(opinion)
    return found


def _keep(
    session: Session,
    ids: Sequence[str],
    kept: dict[str, str],
    result: str,
    moderator_id: int,
    site_ids: SiteIds,
    now: datetime,
    seen: Mapping[str, Seen],
) -> list[Result]:
    def one(comment: Comment) -> Result:
        known = seen.get(comment.public_id)
        if known is not None and (known.revision, known.status) != (comment.revision, comment.status):
            return conflict(session, comment, "edited" if known.revision != comment.revision else "decided")
        if comment.status not in LIVE:
            return conflict(session, comment, "decided")
        _close_own(session, comment.id, moderator_id, now)
        of_comment = {"comment_id": comment.id, "site_id": comment.site_id, "revision": comment.revision}
        by = {"moderator_id": moderator_id, "created_at": now, "outcome": ""}
        insert_row(session, Opinion, {**of_comment, **kept, **by})
        return Result(comment.public_id, result, comment.status)

    return for_each(session, ids, site_ids, one)


def _close_own(session: Session, comment_id: int, moderator_id: int, now: datetime) -> bool:
    statement = (
        update(Opinion)
        .where(Opinion.comment_id == comment_id, Opinion.moderator_id == moderator_id, Opinion.settled_at.is_(None))
        .values(settled_at=now, outcome="withdrawn", read_at=now)
        .returning(Opinion.id)
    )
    return bool(session.connection().execute(statement).all())
