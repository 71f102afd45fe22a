"""What happened to a comment, step by step, as its author may know it: no names, no notes, no scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from comments_service.moderation.transitions import AUTHOR, MACHINE
from comments_service.storage.tables import Comment, Decision

What = Literal["received", "changed", "restored", "withdrawn", "program", "person", "undone"]
Outcome = Literal["", "published", "held", "removed"]

_BY_AUTHOR: dict[str, What] = {"edit": "changed", "restore": "restored", "delete": "withdrawn"}
_OUTCOMES: dict[str, Outcome] = {"approved": "published", "pending": "held"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `outcome` is how the comment stood after a program's or a person's word, else empty."""

    at: datetime
    what: What
    outcome: Outcome = ""


def steps_of(comment: Comment, log: Sequence[Decision]) -> list[Step]:
    """The steps of a comment, oldest first; `log` is its whole log. What the service did by itself tells nothing."""
    return [Step(comment.created_at, "received"), *(step for row in log if (step := _step(row)) is not None)]


def _step(row: Decision) -> Step | None:
    if row.actor == AUTHOR:
        return Step(row.created_at, _BY_AUTHOR[row.action])
    if row.action in {"publish", "erase"}:
        return None
    what: What = "undone" if row.action == "undo" else "program" if row.actor == MACHINE else "person"
    return Step(row.created_at, what, _OUTCOMES.get(row.to_status, "removed"))
