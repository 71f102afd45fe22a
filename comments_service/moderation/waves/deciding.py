"""One decision about a whole wave: carried out in steps of CHUNK comments, each with its promise of the next.

A step's decisions, how far it came and the promise of the next step are one transaction. So a worker that ends in
between leaves a run that the next one goes on with, and every comment is decided once. Taking back goes the same way.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal_column, or_, select, update
from sqlalchemy.orm import Session

from comments_service.moderation.batches import A_TRANSACTION, batch_of
from comments_service.moderation.bulk import decide_many, undo_many
from comments_service.moderation.chosen import DONE, Result, Seen
from comments_service.moderation.transitions import MODERATOR
from comments_service.moderation.waves.arriving import KIND
from comments_service.outbox.enqueue import enqueue
from comments_service.storage.tables import Comment, Decision, Wave, WaveRun, WaveStep
from comments_service.storage.upsert import insert_row, insert_rows

STEP, UNDO, RELEASE = "step", "undo", "release"
CHUNK = A_TRANSACTION
HELD_FOR_IT = "wave"  # the reason of a machine's decision that held a comment for its wave alone


class WaveMoved(Exception):
    """What is asked for is not possible any more: another decision is being carried out, or this one taken back."""


def start_run(
    session: Session,
    wave_id: int,
    action: str,
    *,
    moderator_id: int,
    now: datetime,
    reason: str = "",
    note: str = "",
    follows: bool = False,
    only_held: bool = False,
) -> int:
    """Promise `action` (as in `bulk.ACTIONS`) for all of the wave's comments that no person has decided; the run's id.

    `follows`: and for those that come while it lasts. `only_held`: only for what the wave alone has held.
    Raises WaveMoved while another run is under way.
    """
    if _under_way(session, wave_id):
        raise WaveMoved
    meant = select(func.max(Comment.id), func.count()).where(_meant(wave_id, action, only_held))
    up_to, total = session.execute(meant).one()
    row = {"wave_id": wave_id, "moderator_id": moderator_id, "action": action, "reason": reason, "note": note}
    begun = {"up_to": up_to or 0, "total": total, "left_alone": 0, "reached": 0, "undo_reached": 0, "created_at": now}
    run_id = insert_row(session, WaveRun, {**row, **begun, "follows": follows, "only_held": only_held})
    _promise(session, STEP, run_id, 0, now)
    return run_id


def start_undo(session: Session, wave_id: int, run_id: int, *, moderator_id: int, now: datetime) -> None:
    """Promise to take everything back that the run has decided; it decides nothing more. Raises WaveMoved."""
    run = _locked(session, run_id)
    if run is None or run.wave_id != wave_id or run.undo_at is not None:
        raise WaveMoved
    run.undo_at, run.undo_by = now, moderator_id
    _promise(session, UNDO, run_id, 0, now)


def end_wave(session: Session, wave_id: int, *, moderator_id: int, now: datetime) -> None:
    """End a wave by hand: what comes from now on is judged as ever. What waits goes on waiting."""
    session.execute(
        update(Wave)
        .where(Wave.id == wave_id, Wave.ended_at.is_(None))
        .values(ended_at=now, ended_by=moderator_id)
        .execution_options(synchronize_session=False)
    )


def dismiss_wave(session: Session, wave_id: int, *, moderator_id: int, now: datetime, publish: bool) -> None:
    """It was none: its comments go back to the queue, each by itself. `publish`: what it alone has held is approved."""
    end_wave(session, wave_id, moderator_id=moderator_id, now=now)
    session.execute(
        update(Wave).where(Wave.id == wave_id).values(dismissed=True).execution_options(synchronize_session=False)
    )
    if publish:
        start_run(session, wave_id, "approve", moderator_id=moderator_id, now=now, only_held=True)
    else:
        _promise(session, RELEASE, wave_id, 0, now)


def take_step(session: Session, run_id: int, now: datetime) -> None:
    """Decide the next CHUNK of a run's comments and promise the step after it."""
    run = _locked(session, run_id)
    if run is None or run.undo_at is not None or run.finished_at is not None:
        return
    meant = (_meant(run.wave_id, run.action, run.only_held), Comment.id > run.reached, Comment.id <= run.up_to)
    rows = session.scalars(select(Comment).where(*meant).order_by(Comment.id).limit(CHUNK)).all()
    _decide(session, run, rows, now)
    if len(rows) == CHUNK:
        run.reached = rows[-1].id
        _promise(session, STEP, run.id, run.reached, now)
        return
    run.reached, run.finished_at = run.up_to, now
    if run.only_held:
        _promise(session, RELEASE, run.wave_id, 0, now)


def follow(session: Session, run_id: int, comment_id: int, now: datetime) -> None:
    """Decide one comment that came after the decision about its wave."""
    run = _locked(session, run_id)
    if run is None or run.undo_at is not None or session.get(WaveStep, (run_id, comment_id)) is not None:
        return
    meant = _meant(run.wave_id, run.action, run.only_held)
    rows = session.scalars(select(Comment).where(meant, Comment.id == comment_id)).all()
    _decide(session, run, rows, now)
    run.total += len(rows)


def take_back(session: Session, run_id: int, now: datetime) -> None:
    """Undo the next CHUNK of a run's decisions and promise the step after it."""
    run = _locked(session, run_id)
    if run is None or run.undo_at is None or run.undone_at is not None:
        return
    steps = (
        select(WaveStep.comment_id, WaveStep.decision_id, Comment.public_id, Comment.site_id)
        .join(Comment, Comment.id == WaveStep.comment_id)
        .where(WaveStep.run_id == run_id, WaveStep.comment_id > run.undo_reached)
        .order_by(WaveStep.comment_id)
        .limit(CHUNK)
    )
    rows = session.execute(steps).all()
    decisions = {row.public_id: row.decision_id for row in rows}
    undone = undo_many(
        session,
        list(decisions),
        moderator_id=run.undo_by or run.moderator_id,
        batch=batch_of(run.undo_by or run.moderator_id, f"wave undo {run.id}"),
        site_ids=list({row.site_id for row in rows}),
        now=now,
        decisions=decisions,
    )
    run.left_alone += _left_alone(undone)
    if len(rows) == CHUNK:
        run.undo_reached = rows[-1].comment_id
        _promise(session, UNDO, run.id, run.undo_reached, now)
    else:
        run.undone_at = now


def release(session: Session, wave_id: int, now: datetime) -> None:
    """Take the next CHUNK of comments out of a wave that was none."""
    ids = session.scalars(
        select(Comment.id).where(Comment.wave_id == wave_id).order_by(Comment.id).limit(CHUNK).with_for_update()
    ).all()
    session.execute(
        update(Comment).where(Comment.id.in_(ids)).values(wave_id=None).execution_options(synchronize_session=False)
    )
    if len(ids) == CHUNK:
        _promise(session, RELEASE, wave_id, ids[-1], now)


def _decide(session: Session, run: WaveRun, rows: Sequence[Comment], now: datetime) -> None:
    if not rows:
        return
    numbers = {row.public_id: row.id for row in rows}
    results = decide_many(
        session,
        list(numbers),
        run.action,
        moderator_id=run.moderator_id,
        site_ids=[rows[0].site_id],
        now=now,
        seen={row.public_id: Seen(row.revision, row.status) for row in rows},
        reason=run.reason,
        note=run.note,
        batch=batch_of(run.moderator_id, f"wave run {run.id}"),
    )
    run.left_alone += _left_alone(results)
    done = [result for result in results if result.result == DONE]
    steps = [{"comment_id": numbers[one.public_id], "decision_id": one.decision_id} for one in done]
    insert_rows(session, WaveStep, [{"run_id": run.id, **step} for step in steps])


def _left_alone(results: Sequence[Result]) -> int:
    return sum(result.result != DONE for result in results)


def _under_way(session: Session, wave_id: int) -> bool:
    # The lock makes two moderators who press at once follow one another.
    session.execute(select(Wave.id).where(Wave.id == wave_id).with_for_update()).all()
    last = session.scalar(select(WaveRun).where(WaveRun.wave_id == wave_id).order_by(WaveRun.id.desc()).limit(1))
    if last is None:
        return False
    return last.undone_at is None if last.undo_at is not None else last.finished_at is None


def _locked(session: Session, run_id: int) -> WaveRun | None:
    return session.scalar(
        select(WaveRun).where(WaveRun.id == run_id).with_for_update().execution_options(populate_existing=True)
    )


def _meant(wave_id: int, action: str, only_held: bool) -> ColumnElement[bool]:
    """Condition: the wave's comments that `action` would change and that no person has decided."""
    of_wave = Comment.wave_id == wave_id
    waits = Comment.status == literal_column("'pending'")
    if only_held:
        return and_(of_wave, waits, _latest(Decision.reason) == HELD_FOR_IT)
    if action == "approve":
        return and_(of_wave, waits)
    untouched = or_(_latest(Decision.actor) != MODERATOR, _latest(Decision.action) == UNDO)
    return and_(of_wave, or_(waits, and_(Comment.status == "approved", untouched)))


def _latest(column: Any) -> Any:
    statement = select(column).where(Decision.comment_id == Comment.id).order_by(Decision.id.desc()).limit(1)
    return statement.correlate(Comment).scalar_subquery()


def _promise(session: Session, what: str, number: int, reached: int, now: datetime) -> None:
    payload = {"what": what, "run" if what != RELEASE else "wave": number}
    enqueue(session, KIND, f"{what}:{number}:{reached}", payload, now)
