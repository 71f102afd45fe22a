"""Second looks: a person is asked to look again at what was decided. The comment's status stays as it is meanwhile.

Any moderator's decision about the comment settles it (`decide`). Which comments are drawn is `screening.outcome`'s
business, which decisions are in doubt `training_data`'s.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session, aliased

from comments_service.moderation.transitions import MODERATOR
from comments_service.privacy.hide import hide_addresses
from comments_service.storage.tables import Comment, Decision, SecondLook
from comments_service.storage.upsert import insert_new

AUDIT, DOUBTFUL = "audit", "doubtful"


@dataclass(frozen=True, slots=True)
class Look:
    """Why a person is asked: `why` is audit or doubtful, `detail` a sentence for moderators, empty for an audit."""

    why: str
    detail: str


def ask(session: Session, comment_id: int, revision: int, why: str, detail: str, now: datetime) -> bool:
    """Ask for a look at one revision; False where that was asked before, whether it is settled or not."""
    row = {"comment_id": comment_id, "revision": revision, "why": why, "detail": detail, "created_at": now}
    return insert_new(session, SecondLook, row, ["comment_id", "revision", "why"]) is not None


def ask_again(session: Session, details: Mapping[str, str], now: datetime) -> list[str]:
    """Ask about decisions in doubt; `details` by public id. Gives the ids that are asked about for the first time.

    A comment whose text has changed since a person decided about it is left alone.
    """
    same_text = and_(
        Decision.comment_id == Comment.id, Decision.revision == Comment.revision, Decision.actor == MODERATOR
    )
    rows = session.execute(
        select(Comment.id, Comment.public_id, Comment.revision)
        .where(Comment.public_id.in_(list(details)), Comment.status != "deleted")
        .where(select(Decision.id).where(same_text).exists())
        .order_by(Comment.id)
    )
    asked = [row for row in rows if ask(session, row.id, row.revision, DOUBTFUL, details[row.public_id], now)]
    return [row.public_id for row in asked]


def is_asked_for() -> ColumnElement[bool]:
    """True of comments whose present text has an open look."""
    return Comment.id.in_(present_looks())


def present_looks() -> Select[int]:
    """The ids of these comments."""
    # Not correlated with the comments outside: the few open looks are found first, not every comment asked.
    present = aliased(Comment)
    return (
        select(SecondLook.comment_id)
        .join(present, and_(present.id == SecondLook.comment_id, present.revision == SecondLook.revision))
        .where(SecondLook.settled_at.is_(None), present.status != "deleted")
    )


def open_looks(session: Session, comments: Sequence[Comment]) -> dict[int, list[Look]]:
    """The open looks of each comment, by the comment's id."""
    found: dict[int, list[Look]] = defaultdict(list)
    rows = session.execute(
        select(SecondLook.comment_id, SecondLook.why, SecondLook.detail)
        .join(Comment, (Comment.id == SecondLook.comment_id) & (Comment.revision == SecondLook.revision))
        .where(Comment.id.in_([comment.id for comment in comments]), SecondLook.settled_at.is_(None))
        .order_by(SecondLook.id)
    )
    for row in rows:
        found[row.comment_id].append(Look(row.why, hide_addresses(row.detail)))
    return found
