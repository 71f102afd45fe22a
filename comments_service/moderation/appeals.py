"""Deciding about authors' appeals: who may, and what follows. Lists for moderators are `appeals_listed`'s work.

Nobody decides about an objection to their own decision, and no program about any (Article 20(6)).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from comments_service.moderation.decide import decide
from comments_service.moderation.permissions import SiteIds, of_sites
from comments_service.moderation.standing import REMOVED, log_of
from comments_service.moderation.transitions import MODERATOR
from comments_service.notifications.author_mail import promise_objection_mail
from comments_service.storage.locks import lock_threads
from comments_service.storage.tables import Appeal, AppealStep, Comment, Decision, Moderator
from comments_service.storage.upsert import insert_row

Verdict = Literal["upheld", "reversed"]
Right = Literal["may", "own", "alone", "no"]

DECIDERS = ("owner", "editor", "moderator")
LONGEST_ANSWER = 2000  # characters


class NoSuchAppeal(Exception):
    """There is no appeal of this reference on these sites."""


class AlreadySettled(Exception):
    """Somebody was quicker, or the comment was published or deleted meanwhile."""


class OwnDecision(Exception):
    """This moderator made the contested decision, or one after it that keeps the comment from readers."""


class NotUpheld(Exception):
    """Only an appeal that was turned down is opened again here; a reversal is undone where decisions are undone."""


@dataclass(frozen=True, slots=True)
class Judge:
    """The moderator who is to decide. `site_ids` are the sites that they may work on."""

    moderator_id: int
    role: str
    site_ids: SiteIds


def right_of(session: Session, appeal: Appeal, judge: Judge) -> Right:
    """Whether somebody may decide about an appeal.

    own: they decided against its author. alone: they did, but they own the site and nobody else is there to decide;
    the author is told so. no: their role decides nothing.
    """
    if judge.role not in DECIDERS:
        return "no"
    barred = _barred(session, appeal)
    if judge.moderator_id not in barred:
        return "may"
    others = _deciders(session, appeal.site_id) - barred
    return "alone" if judge.role == "owner" and not others else "own"


def settle_appeal(
    session: Session, reference: str, verdict: Verdict, *, answer: str, judge: Judge, now: datetime
) -> int | None:
    """Decide about an open appeal, with an answer to its author. The id of the decision that published the comment.

    Raises NoSuchAppeal, AlreadySettled, OwnDecision.
    """
    appeal = locked(session, reference, judge.site_ids)
    if appeal.settled_at is not None:
        raise AlreadySettled
    right = right_of(session, appeal, judge)
    if right not in {"may", "alone"}:
        raise OwnDecision
    # First of all, so that publishing the comment finds nothing open which it would close without a word.
    _move(session, appeal, now)
    decision_id = _publish(session, appeal, judge, now) if verdict == "reversed" else None
    _note(session, appeal, verdict, judge, now, decision_id=decision_id, alone=right == "alone", answer=answer)
    promise_objection_mail(session, appeal.id, now, settled=True)
    return decision_id


def reopen_appeal(session: Session, reference: str, *, judge: Judge, now: datetime) -> None:
    """Open an appeal again that was turned down; one that is open stays so.

    Raises NoSuchAppeal, NotUpheld, OwnDecision.
    """
    appeal = locked(session, reference, judge.site_ids)
    last = last_step(session, appeal.id)
    if appeal.settled_at is None:
        return
    if last is None or last.outcome != "upheld":
        raise NotUpheld
    if right_of(session, appeal, judge) not in {"may", "alone"}:
        raise OwnDecision
    _move(session, appeal, None)
    _note(session, appeal, "reopened", judge, now)


def locked(session: Session, reference: str, site_ids: SiteIds) -> Appeal:
    """The appeal, held against a second decider until the transaction ends. Raises NoSuchAppeal.

    Its comment's thread is locked first, as every decision does: the other way round, two could wait for each other.
    """
    comment = select(Appeal.comment_id).where(Appeal.reference == reference).scalar_subquery()
    lock_threads(session, Comment.id == comment)
    found = session.scalar(
        select(Appeal)
        .where(Appeal.reference == reference, of_sites(Appeal.site_id, site_ids))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NoSuchAppeal(reference)
    return found


def last_step(session: Session, appeal_id: int) -> AppealStep | None:
    """What became of an appeal last."""
    statement = select(AppealStep).where(AppealStep.appeal_id == appeal_id).order_by(AppealStep.id.desc()).limit(1)
    return session.scalar(statement)


def _barred(session: Session, appeal: Appeal) -> set[int]:
    """Who kept the comment from its readers, from the contested decision on: by deciding, or by taking back."""
    log = log_of(session, appeal.comment_id)
    taken_back = {row.undo_of for row in log}
    return {
        row.moderator_id
        for row in log
        if row.moderator_id is not None and row.id >= appeal.decision_id and row.to_status in REMOVED
        if row.id not in taken_back
    }


def _deciders(session: Session, site_id: int) -> set[int]:
    statement = select(Moderator.id).where(
        Moderator.role.in_(DECIDERS),
        Moderator.disabled.is_(False),
        or_(Moderator.site_id.is_(None), Moderator.site_id == site_id),
    )
    return set(session.scalars(statement))


def _publish(session: Session, appeal: Appeal, judge: Judge, now: datetime) -> int | None:
    """The decision that lets readers see the comment; None where they do so already. Raises AlreadySettled."""
    latest = session.scalars(
        select(Decision.to_status).where(Decision.comment_id == appeal.comment_id).order_by(Decision.id.desc()).limit(1)
    ).one()
    if latest == "approved":
        return None
    note = f"Appeal {appeal.reference}"
    return decide(
        session,
        appeal.comment_id,
        actor=MODERATOR,
        action="approve",
        now=now,
        moderator_id=judge.moderator_id,
        note=note,
    ).decision_id


def _move(session: Session, appeal: Appeal, settled_at: datetime | None) -> None:
    session.execute(
        update(Appeal)
        .where(Appeal.id == appeal.id)
        .values(settled_at=settled_at)
        .execution_options(synchronize_session=False)
    )


def _note(
    session: Session,
    appeal: Appeal,
    outcome: str,
    judge: Judge,
    now: datetime,
    *,
    decision_id: int | None = None,
    alone: bool = False,
    answer: str = "",
) -> None:
    row = {
        "appeal_id": appeal.id,
        "outcome": outcome,
        "moderator_id": judge.moderator_id,
        "decision_id": decision_id,
        "alone": alone,
        "answer": answer,
        "created_at": now,
    }
    insert_row(session, AppealStep, row)
