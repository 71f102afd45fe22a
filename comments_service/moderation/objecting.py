"""An author objects to a decision, and hears what became of it. Deciding about it is `appeals`' work."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from comments_service.moderation.statements import Statement
from comments_service.notifications.author_mail import promise_objection_mail
from comments_service.storage.tables import Appeal, AppealStep, Comment
from comments_service.storage.upsert import insert_new

SHORTEST, LONGEST = 10, 2000  # characters

# As with notices: a reference is read out on the telephone, and spells nothing.
_LETTERS = "BCDFGHJKMNPQRTVWXYZ2346789"


class TooLate(Exception):
    """The time to object to this decision is over."""


@dataclass(frozen=True, slots=True)
class Heard:
    """An appeal as its author may know it. `outcome` is "" while it is open, else upheld, reversed or dropped.

    `alone`: nobody but who had decided before was there to decide. `contests` is the decision that it is about.
    """

    reference: str
    contests: int
    created_at: datetime
    settled_at: datetime | None
    outcome: str
    alone: bool
    answer: str


def object_to(
    session: Session, comment: Comment, statement: Statement, words: str, *, language: str, now: datetime
) -> str:
    """Keep an author's appeal; its reference. While one is open about the comment, a second changes nothing.

    `words` have SHORTEST to LONGEST characters. Raises TooLate.
    """
    if now > statement.contest_until:
        raise TooLate
    open_one = session.scalar(
        select(Appeal.reference).where(Appeal.comment_id == comment.id, Appeal.settled_at.is_(None))
    )
    if open_one is not None:
        return open_one
    values = {
        "reference": "A-" + "".join(secrets.choice(_LETTERS) for _ in range(8)),
        "comment_id": comment.id,
        "site_id": comment.site_id,
        "decision_id": statement.decision_id,
        "text": words,
        "language": language,
        "created_at": now,
    }
    appeal_id = insert_new(session, Appeal, values, ["decision_id"])
    if appeal_id is not None:
        promise_objection_mail(session, appeal_id, now, settled=False)
    return session.scalars(select(Appeal.reference).where(Appeal.decision_id == statement.decision_id)).one()


def heard_of(session: Session, comment_id: int) -> list[Heard]:
    """The appeals about one comment, oldest first."""
    appeals = session.scalars(select(Appeal).where(Appeal.comment_id == comment_id).order_by(Appeal.id)).all()
    return [_heard(session, appeal) for appeal in appeals]


def _heard(session: Session, appeal: Appeal) -> Heard:
    last = session.scalar(
        select(AppealStep).where(AppealStep.appeal_id == appeal.id).order_by(AppealStep.id.desc()).limit(1)
    )
    step = last if appeal.settled_at is not None else None
    return Heard(
        reference=appeal.reference,
        contests=appeal.decision_id,
        created_at=appeal.created_at,
        settled_at=appeal.settled_at,
        outcome=step.outcome if step else "",
        alone=step.alone if step else False,
        answer=step.answer if step else "",
    )
