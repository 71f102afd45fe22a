"""The one place where a comment's status changes, whoever decides.

The change is conditional on the revision that was judged and on nobody having been quicker; the log row, the public
counts and the thread's version change in the same transaction. Choosing what to decide happens in `screening`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

from comments_service.moderation.appeal_outcomes import Deed, reopen_appeals, settle_appeals
from comments_service.moderation.revising import put_back
from comments_service.moderation.settling import reopen, settle
from comments_service.moderation.transitions import MACHINE, MODERATOR, Transition, transition
from comments_service.moderation.visibility import show_change
from comments_service.notifications.author_mail import promise_verdict_mail
from comments_service.notifications.webhooks.events import announce_decision
from comments_service.storage.locks import lock_threads
from comments_service.storage.tables import Comment, Decision
from comments_service.storage.upsert import insert_row

# Made once: building statements for every comment would hold the writing lock longer than running them.
_LOCK = (
    select(Comment)
    .where(Comment.id == bindparam("comment"))
    .with_for_update(key_share=True)
    .execution_options(populate_existing=True)
)
_MOVE = (
    update(cast(Table, Comment.__table__))
    .where(Comment.id == bindparam("comment"))
    .values(status=bindparam("target"), awaits=bindparam("next"), decided_at=bindparam("now"))
)

# Only the latest decision can be taken back, so what it settled bears the moment that the comment was decided.
_TAKING_BACK = ("undo", "restore")


class Conflict(Exception):
    """The comment is no longer what the decider saw. `status` and `revision` say what it is now."""

    def __init__(self, public_id: str, status: str, revision: int) -> None:
        super().__init__(f"comment {public_id} is {status} at revision {revision} by now")
        self.public_id, self.status, self.revision = public_id, status, revision


class NoSuchComment(Exception):
    """There is no comment with this id."""


@dataclass(frozen=True)
class Decided:
    """A decision that took effect. `decision_id` is the log row, by which it can be undone."""

    decision_id: int
    comment_id: int
    public_id: str
    thread_id: int
    from_status: str
    to_status: str


def decide(
    session: Session,
    comment_id: int,
    *,
    actor: str,
    action: str,
    now: datetime,
    revision: int | None = None,
    moderator_id: int | None = None,
    reason: str = "",
    note: str = "",
    model: str | None = None,
    scores: dict[str, float] | None = None,
    stream: str | None = None,
    shown_probability: float | None = None,
    batch: str | None = None,
    publish: bool = False,
) -> Decided:
    """Carry out one transition on a comment and log it.

    `revision` is the one that was judged (None: whichever is current). `reason` is a rule's code, `note` free words
    for colleagues; `stream`, `shown_probability` and `batch` as in `storage.judgements.Decision`; `publish`
    goes with an edit: readers see it from then on. Raises NoSuchComment,
    UnknownTransition, or Conflict when revision or status have moved on.
    """
    row = transition(actor, action)
    comment = _locked(session, comment_id)
    stale = revision is not None and comment.revision != revision
    # A machine decides only what waits for a machine: whatever a person did since wins.
    late = actor == MACHINE and comment.awaits != MACHINE
    if stale or late or comment.status not in row.sources or not _in_turn(session, comment, row):
        raise Conflict(comment.public_id, comment.status, comment.revision)
    # A change of the text alone settles nothing that was asked about the comment.
    target = row.target or ("approved" if publish else comment.status)
    return _apply(
        session,
        comment,
        settles=bool(row.target) or publish,
        target=target,
        awaits=row.awaits if target == "pending" or row.target else "nobody",
        now=now,
        values={
            "action": action,
            "actor": actor,
            "moderator_id": moderator_id,
            "reason": reason,
            "note": note,
            "model": model,
            "scores": scores,
            "stream": stream,
            "shown_probability": shown_probability,
            "batch": batch,
        },
    )


def _in_turn(session: Session, comment: Comment, row: Transition) -> bool:
    """Whether the decision that this transition takes back is the latest one."""
    if row.takes_back is None:
        return True
    action, statuses = row.takes_back
    latest = (
        select(Decision.actor, Decision.action, Decision.from_status)
        .where(Decision.comment_id == comment.id)
        .order_by(Decision.id.desc())
        .limit(1)
    )
    found = session.execute(latest).one_or_none()
    return found is not None and (found.actor, found.action) == (row.actor, action) and found.from_status in statuses


def undo(
    session: Session, decision_id: int, *, moderator_id: int, now: datetime, note: str = "", batch: str | None = None
) -> Decided:
    """Take back a moderator's decision: the comment returns to the status it had. Undoing twice is a Conflict.

    Only the latest decision on a comment can be undone, and never an author's own deletion.
    """
    decision = session.get(Decision, decision_id)
    if decision is None:
        raise NoSuchComment(f"no decision {decision_id}")
    comment = _locked(session, decision.comment_id)
    latest = session.scalar(select(Decision.id).where(Decision.comment_id == comment.id).order_by(Decision.id.desc()))
    if decision.actor != MODERATOR or latest != decision_id or comment.revision != decision.revision:
        raise Conflict(comment.public_id, comment.status, comment.revision)
    if decision.action == "edit" and not put_back(session, comment, now=now):
        raise Conflict(comment.public_id, comment.status, comment.revision)
    return _apply(
        session,
        comment,
        settles=True,
        target=decision.from_status,
        # Back in the queue it waits for a person: the machine has had its say or was overtaken.
        awaits="human" if decision.from_status == "pending" else "nobody",
        now=now,
        values={
            "action": "undo",
            "actor": MODERATOR,
            "moderator_id": moderator_id,
            "reason": "",
            "note": note,
            "undo_of": decision_id,
            "batch": batch,
        },
    )


def _locked(session: Session, comment_id: int) -> Comment:
    lock_threads(session, Comment.id == comment_id)
    comment = session.scalar(_LOCK, {"comment": comment_id})
    if comment is None:
        raise NoSuchComment(f"no comment {comment_id}")
    return comment


def _apply(
    session: Session,
    comment: Comment,
    *,
    settles: bool,
    target: str,
    awaits: str,
    now: datetime,
    values: dict[str, object],
) -> Decided:
    before, decided_before = comment.status, comment.decided_at
    moved = {"comment": comment.id, "target": target, "next": awaits, "now": now}
    session.connection().execute(_MOVE, moved)
    row = {
        "comment_id": comment.id,
        "site_id": comment.site_id,
        "revision": comment.revision,
        "from_status": before,
        "to_status": target,
        "created_at": now,
    }
    decision_id = insert_row(session, Decision, {**row, **values})
    show_change(session, comment, before=before, after=target)
    actor, action = str(values["actor"]), str(values["action"])
    if action in _TAKING_BACK:
        reopen(session, comment.id, actor=actor, then=decided_before, now=now)
    elif settles:
        settle(session, comment.id, decision_id, actor=actor, action=action, now=now)
    maker = cast("int | None", values.get("moderator_id"))
    deed = Deed(decision_id, comment.id, actor, action, target, maker, now)
    if action in _TAKING_BACK:
        reopen_appeals(session, deed, then=decided_before)
    if settles:
        settle_appeals(session, deed)
    if deed.removes_as_reasoned(before):
        promise_verdict_mail(session, comment, decision_id, now)
    announce_decision(session, comment, decision_id, actor=actor, action=action, before=before, after=target, now=now)
    session.expire(comment)
    return Decided(decision_id, comment.id, comment.public_id, comment.thread_id, before, target)
