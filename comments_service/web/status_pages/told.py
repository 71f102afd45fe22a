"""What the status page tells, put together for its template: the state, the statement of reasons, the steps."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from comments_service.content.translations import texts_for
from comments_service.moderation.happenings import Step, steps_of
from comments_service.moderation.objecting import Heard, heard_of
from comments_service.moderation.standing import log_of
from comments_service.moderation.statements import Statement, statement_from
from comments_service.notifications.titles import title_of
from comments_service.privacy.hide import hide_addresses
from comments_service.storage.tables import Comment, Thread
from comments_service.web.sites import SiteInUse

State = Literal["pending", "held", "approved", "removed", "gone"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what happened: the key of its text, and what fills it. `outcome` is a key as well."""

    at: datetime
    key: str
    outcome: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """All of one page. `text` is what the author wrote, without addresses, "" where nothing of it is left.

    `appeal` is the one that matters now: the open one, else that against the decision that holds. `may_object` says
    that the form is shown.
    """

    title: str
    state: State
    text: str
    happened: tuple[Line, ...]
    statement: Statement | None
    appeals: tuple[Heard, ...]
    appeal: Heard | None
    may_object: bool
    rules_url: str

    @property
    def ground(self) -> tuple[str, str]:
        """Group and key of the text that says why."""
        code = self.statement.ground if self.statement else "rules"
        known = f"reason_{code}" in texts_for("en", "mail")
        return ("mail", f"reason_{code}") if known else ("page", "why_attack" if code == "attack" else "why_rules")


def told_of(session: Session, site: SiteInUse, comment: Comment, now: datetime) -> Told:
    """What to tell about a comment, as it is now."""
    log = log_of(session, comment.id)
    statement = statement_from(session, comment, log)
    appeals = heard_of(session, comment.id)
    appeal = _matters(appeals, statement)
    return Told(
        title=title_of(session.get_one(Thread, comment.thread_id), site.row.name),
        state=_state(comment, statement),
        text=hide_addresses(comment.source),
        happened=tuple(_lines(steps_of(comment, log), appeals)),
        statement=statement,
        appeals=tuple(appeals),
        appeal=appeal,
        may_object=statement is not None and appeal is None and now <= statement.contest_until,
        rules_url=site.settings.rules_url,
    )


def _state(comment: Comment, statement: Statement | None) -> State:
    if statement is not None or comment.status in {"rejected", "spam"}:
        return "removed"  # what was imported so has no log that could say why
    if comment.status == "pending":
        return "held" if comment.awaits == "human" else "pending"
    return "approved" if comment.status == "approved" else "gone"


def _lines(steps: list[Step], appeals: list[Heard]) -> list[Line]:
    found = [
        Line(step.at, f"happened_{step.what}", f"outcome_{step.outcome}" if step.outcome else "") for step in steps
    ]
    for appeal in appeals:
        found.append(Line(appeal.created_at, "happened_objected", reference=appeal.reference))
        if appeal.settled_at is not None and appeal.outcome in {"upheld", "reversed"}:
            found.append(Line(appeal.settled_at, f"object_{appeal.outcome}"))
    return sorted(found, key=lambda line: line.at)


def _matters(appeals: list[Heard], statement: Statement | None) -> Heard | None:
    for appeal in reversed(appeals):
        if appeal.settled_at is None or (statement is not None and appeal.contests == statement.decision_id):
            return appeal
    return None
