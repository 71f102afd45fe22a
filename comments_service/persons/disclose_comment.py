"""What is kept about each comment beyond its own row, for whoever wrote it: revisions, findings, scores, decisions."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from comments_service.moderation.reasons import REJECTION_REASONS
from comments_service.moderation.transitions import UnknownTransition, transition
from comments_service.privacy.hide import hide_addresses
from comments_service.storage.tables import (
    Appeal,
    Decision,
    Evidence,
    Note,
    Notice,
    Opinion,
    Report,
    Revision,
    Score,
    SecondLook,
    ShadowScore,
)

Parts = dict[str, list[dict[str, Any]]]


def said_of(session: Session, comment_ids: Sequence[int]) -> dict[int, Parts]:
    """The parts of each comment by its id, each in the order in which it came about."""
    found: dict[int, Parts] = {comment_id: {name: [] for name in _PARTS} for comment_id in comment_ids}
    for name, (table, show) in _PARTS.items():
        for row in session.scalars(select(table).where(table.comment_id.in_(comment_ids)).order_by(table.id)):
            found[row.comment_id][name].append(show(row))
    return found


def _revision(row: Revision) -> dict[str, Any]:
    return {
        "revision": row.revision,
        "name": row.name,
        "website": row.website,
        "text": row.source,
        "written_by": row.written_by,
        "at": row.created_at.isoformat(),
    }


def _decision(row: Decision) -> dict[str, Any]:
    return {
        "revision": row.revision,
        "by": "a moderator" if row.actor == "moderator" else row.actor,
        "action": row.action,
        "means": _meaning(row.actor, row.action),
        "from": row.from_status,
        "to": row.to_status,
        "reason": row.reason,
        "reason_in_words": REJECTION_REASONS.get(row.reason),
        "note": hide_addresses(row.note),  # moderators write about other people too
        "scores": row.scores,
        "model": row.model,
        "at": row.created_at.isoformat(),
    }


def _meaning(actor: str, action: str) -> str:
    try:
        return transition(actor, action).sentence
    except UnknownTransition:
        return "An earlier decision is taken back."


def _evidence(row: Evidence) -> dict[str, Any]:
    return {"revision": row.revision, "check": row.check_name, "result": row.weight, "detail": row.detail}


def _score(row: Score) -> dict[str, Any]:
    return {
        "revision": row.revision,
        "model": row.model,
        "scores": row.scores,
        "language": row.language,
        "reasons": row.reasons,
        "at": row.created_at.isoformat(),
    }


def _trial(row: ShadowScore) -> dict[str, Any]:
    return {"revision": row.revision, "model": row.model, "scores": row.scores, "at": row.created_at.isoformat()}


def _look(row: SecondLook) -> dict[str, Any]:
    return {"revision": row.revision, "why": row.why, "detail": row.detail, "at": row.created_at.isoformat()}


def _opinion(row: Opinion) -> dict[str, Any]:
    """What a trainee would have decided, or somebody asked of colleagues; not who."""
    return {
        "revision": row.revision,
        "action": row.action or "asked for a second opinion",
        "reason": row.reason,
        "note": hide_addresses(row.note),
        "outcome": row.outcome or "open",
        "at": row.created_at.isoformat(),
    }


def _note(row: Note) -> dict[str, Any]:
    """What moderators noted for one another about the comment or its author; not who."""
    return {"about": row.about, "note": hide_addresses(row.body), "at": row.created_at.isoformat()}


def _report(row: Report) -> dict[str, Any]:
    return {"reason": row.reason, "note": hide_addresses(row.note), "at": row.created_at.isoformat()}


def _notice(row: Notice) -> dict[str, Any]:
    """What was said against the comment, and not by whom."""
    return {
        "explanation": hide_addresses(row.explanation),
        "law": hide_addresses(row.law),
        "at": row.created_at.isoformat(),
    }


def _appeal(row: Appeal) -> dict[str, Any]:
    """What the author said against a decision. What became of it stands among the decisions and on the status page."""
    return {
        "reference": row.reference,
        "text": row.text,
        "language": row.language,
        "at": row.created_at.isoformat(),
        "settled_at": row.settled_at.isoformat() if row.settled_at is not None else None,
    }


_PARTS: dict[str, tuple[Any, Callable[[Any], dict[str, Any]]]] = {
    "revisions": (Revision, _revision),
    "checks": (Evidence, _evidence),
    "model_scores": (Score, _score),
    "trial_scores": (ShadowScore, _trial),
    "decisions": (Decision, _decision),
    "second_looks": (SecondLook, _look),
    "opinions": (Opinion, _opinion),
    "moderators_notes": (Note, _note),
    "reports_received": (Report, _report),
    "notices_received": (Notice, _notice),
    "appeals": (Appeal, _appeal),
}
