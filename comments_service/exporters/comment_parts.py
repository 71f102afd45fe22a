"""What hangs below comments, fetched for a whole chunk at a time: revisions, evidence, scores, reports, decisions.

Digests of voters, reporters and networks are left out: they are functions of IP addresses, and mean nothing elsewhere.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Executable, select
from sqlalchemy.orm import Session

from comments_service.exporters.line import moment, without_empty
from comments_service.storage.tables import Decision, Evidence, Moderator, Report, Revision, Score


@dataclass
class Parts:
    """The parts of one comment, each list in the order in which it was written."""

    revisions: list[dict[str, Any]] = field(default_factory=list)
    evidence: list[dict[str, Any]] = field(default_factory=list)
    scores: list[dict[str, Any]] = field(default_factory=list)
    reports: list[dict[str, Any]] = field(default_factory=list)
    decisions: list[dict[str, Any]] = field(default_factory=list)


def parts_of(session: Session, comment_ids: Sequence[int]) -> dict[int, Parts]:
    """The parts of each comment by its id."""
    found = {comment_id: Parts() for comment_id in comment_ids}
    for row in _rows(session, Revision, comment_ids, Revision.revision):
        found[row.comment_id].revisions.append(_revision(row))
    for row in _rows(session, Evidence, comment_ids, Evidence.id):
        found[row.comment_id].evidence.append(_evidence(row))
    for row in _rows(session, Score, comment_ids, Score.id):
        found[row.comment_id].scores.append(_score(row))
    for row in _rows(session, Report, comment_ids, Report.id):
        found[row.comment_id].reports.append(_report(row))
    _add_decisions(session, comment_ids, found)
    return found


def _rows(session: Session, table: Any, comment_ids: Sequence[int], order: Any) -> Iterable[Any]:
    return session.scalars(select(table).where(table.comment_id.in_(comment_ids)).order_by(order))


def _revision(row: Revision) -> dict[str, Any]:
    return {
        "revision": row.revision,
        "name": row.name,
        "website": row.website,
        "source": row.source,
        "written_by": row.written_by,
        "created_at": moment(row.created_at),
    }


def _evidence(row: Evidence) -> dict[str, Any]:
    return without_empty(
        {
            "revision": row.revision,
            "check": row.check_name,
            "weight": row.weight,
            "detail": row.detail,
            "created_at": moment(row.created_at),
        }
    )


def _score(row: Score) -> dict[str, Any]:
    return {
        "revision": row.revision,
        "model": row.model,
        "scores": row.scores,
        "language": row.language,
        "reasons": row.reasons,
        "created_at": moment(row.created_at),
    }


def _report(row: Report) -> dict[str, Any]:
    return without_empty(
        {
            "reason": row.reason,
            "note": row.note,
            "created_at": moment(row.created_at),
            "settled_at": moment(row.settled_at),
        }
    )


def _add_decisions(session: Session, comment_ids: Sequence[int], found: dict[int, Parts]) -> None:
    positions: dict[int, int] = {}
    for decision, login in session.execute(_decisions(comment_ids)):
        decisions = found[decision.comment_id].decisions
        positions[decision.id] = len(decisions)
        decisions.append(_decision(decision, login, positions.__getitem__))


def _decisions(comment_ids: Sequence[int]) -> Executable:
    return (
        select(Decision, Moderator.login)
        .outerjoin(Moderator, Moderator.id == Decision.moderator_id)
        .where(Decision.comment_id.in_(comment_ids))
        .order_by(Decision.id)
    )


def _decision(row: Decision, login: str | None, position: Callable[[int], int]) -> dict[str, Any]:
    line = without_empty(
        {
            "actor": row.actor,
            "action": row.action,
            "from": row.from_status,
            "to": row.to_status,
            "revision": row.revision,
            "created_at": moment(row.created_at),
            "moderator": login,
            "reason": row.reason,
            "note": row.note,
            "model": row.model,
            "scores": row.scores,
            "stream": row.stream,
            "shown_probability": row.shown_probability,
        }
    )
    # The place of the undone decision in this comment's list; 0 is a place, so it is written even though it is empty.
    return line | ({} if row.undo_of is None else {"undo_of": position(row.undo_of)})
