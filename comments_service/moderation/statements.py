"""The statement of reasons for a comment that is kept from readers (Article 17 of the Digital Services Act).

Made from the log whenever somebody asks, and stored nowhere: there is no second truth that could differ from it. It is
no finer than the policy's own rules and holds no score: whoever sends spam must not learn what to change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from comments_service.moderation.reasons import REJECTION_REASONS
from comments_service.moderation.standing import REMOVED, log_of, standing
from comments_service.moderation.transitions import MACHINE, MODERATOR
from comments_service.storage.tables import Comment, Decision, Notice, Report, SecondLook

CONTEST_WITHIN = timedelta(days=183)  # Article 20(1): at least six months

# Held for these, no program had found anything: every comment is held, or none could be looked at.
_NOT_FOUND = frozenset({"premoderate", "first_time", "not_scored", "judging_failed"})

Prompt = Literal["notice", "readers", "program", "person"]


@dataclass(frozen=True, slots=True)
class Statement:
    """Why a comment is kept from readers.

    `ground` is a code of REJECTION_REASONS, or "attack" or "rules" where a program decided or nobody named a reason;
    `lawful` says that it was measured by the law and not by the site's rules. `prompted_by` is what brought it up:
    a notice of illegal content, readers' reports, a program that found something, or a person of the site.
    `by_machine` says that no person decided. `owed` is False for advertising, which Article 17(2) leaves out where
    it comes in masses; it is told all the same.
    """

    decision_id: int
    since: datetime
    decided_at: datetime
    ground: str
    lawful: bool
    prompted_by: Prompt
    by_machine: bool
    owed: bool
    contest_until: datetime


def statement_of(session: Session, comment: Comment) -> Statement | None:
    """The statement about a comment as it is now; None while it is not removed, or where its author removed it."""
    return statement_from(session, comment, log_of(session, comment.id))


def statement_from(session: Session, comment: Comment, log: Sequence[Decision]) -> Statement | None:
    """As `statement_of`, for whoever has read the comment's whole log already."""
    held = standing(log)
    if not held or comment.status not in REMOVED or held[-1].actor not in {MACHINE, MODERATOR}:
        return None
    decision = held[-1]
    ground = ground_of(decision.actor, decision.action, decision.reason)
    return Statement(
        decision_id=decision.id,
        since=_since(held),
        decided_at=decision.created_at,
        ground=ground,
        lawful=ground == "illegal",
        prompted_by=_prompted_by(session, decision, held),
        by_machine=decision.actor == MACHINE,
        owed=ground != "advertising",
        contest_until=decision.created_at + CONTEST_WITHIN,
    )


def ground_of(actor: str, action: str, reason: str) -> str:
    """Why a decision removes a comment: a code of REJECTION_REASONS, "attack" or "rules". See Statement."""
    if action == "spam":
        return "advertising"
    if actor == MACHINE:
        return "attack" if reason == "toxic_score" else "rules"
    return reason if reason in REJECTION_REASONS else "rules"


def _since(held: Sequence[Decision]) -> datetime:
    """When readers ceased to see it: the first of the removals that follow each other up to now."""
    since = held[-1].created_at
    for row in reversed(held):
        if row.to_status not in REMOVED:
            break
        since = row.created_at
    return since


def _prompted_by(session: Session, decision: Decision, held: Sequence[Decision]) -> Prompt:
    if _settled(session, Notice, decision):
        return "notice"
    if _settled(session, Report, decision):
        return "readers"
    found = any(row.actor == MACHINE and row.revision == decision.revision and _found(row) for row in held)
    return "program" if found or _settled(session, SecondLook, decision) else "person"


def _found(row: Decision) -> bool:
    return row.to_status in REMOVED or (row.action == "hold" and row.reason not in _NOT_FOUND)


def _settled(session: Session, table: type[Notice | Report | SecondLook], decision: Decision) -> bool:
    """Whether the decision settled one of these: what it settles bears its own moment."""
    statement = select(table.id).where(table.comment_id == decision.comment_id, table.settled_at == decision.created_at)
    if table is SecondLook:
        # What was drawn at random was found by nobody.
        statement = statement.where(SecondLook.why != "audit")
    return session.scalar(statement.limit(1)) is not None
