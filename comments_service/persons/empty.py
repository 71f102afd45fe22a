"""Takes author and text out of comments, and out of everything that hangs below them.

What stays of a comment: its place in the thread, its moments, its status and the log of who decided what about it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from comments_service.comments.submit import JUDGE, judge_key
from comments_service.moderation.decide import decide
from comments_service.moderation.rescoring import KIND as RESCORE
from comments_service.moderation.transitions import SYSTEM
from comments_service.storage.locks import lock_threads
from comments_service.storage.tables import (
    Appeal,
    AppealStep,
    Assignment,
    Claim,
    Comment,
    Decision,
    Evidence,
    IdempotencyKey,
    LikenessMark,
    Mention,
    Note,
    Notice,
    Opinion,
    OutboxRow,
    Report,
    Revision,
    Score,
    SecondLook,
    ShadowScore,
    Sketch,
    Vote,
)

_BELOW = (
    Assignment,
    Claim,
    Evidence,
    IdempotencyKey,
    LikenessMark,
    Note,
    Opinion,
    Report,
    Revision,
    Score,
    SecondLook,
    ShadowScore,
    Sketch,
    Vote,
)
_NOTHING: dict[str, Any] = {
    **dict.fromkeys(("name", "website", "avatar", "badge", "source", "html", "text_digest", "language"), ""),
    **dict.fromkeys(("address_id", "network_digest", "edited_at", "look_at", "group_id", "wave_id"), None),
    **dict.fromkeys(("up", "down", "reports", "uncertainty"), 0),
    "rank": 0.0,
    "notify": False,
}


def empty_comments(session: Session, ids: Sequence[int], now: datetime) -> None:
    """Empty these comments and take them away from readers. Their public ids stay: by them an old file that is
    imported again is known to hold nothing new.
    """
    lock_threads(session, Comment.id.in_(ids))
    # Counts and thread versions change with the decision, so that no kept answer is given any more.
    for comment_id in ids:
        decide(session, comment_id, actor=SYSTEM, action="erase", now=now)
    _take_from_workers(session, ids)
    notes = select(Note.id).where(Note.comment_id.in_(ids))
    _run(session, delete(Mention).where(Mention.note_id.in_(notes)))
    for table in _BELOW:
        _run(session, delete(table).where(table.comment_id.in_(ids)))
    # What others said about a text may repeat it.
    _run(session, update(Decision).where(Decision.comment_id.in_(ids), Decision.note != "").values(note=""))
    _run(session, update(Notice).where(Notice.comment_id.in_(ids)).values(explanation=""))
    _empty_appeals(session, ids)
    _run(session, update(Comment).where(Comment.id.in_(ids)).values(**_NOTHING))


def _empty_appeals(session: Session, ids: Sequence[int]) -> None:
    """That somebody objected and what became of it stays in the log; what was said goes."""
    appeals = select(Appeal.id).where(Appeal.comment_id.in_(ids))
    _run(
        session, update(AppealStep).where(AppealStep.appeal_id.in_(appeals), AppealStep.answer != "").values(answer="")
    )
    _run(session, update(Appeal).where(Appeal.comment_id.in_(ids)).values(text="", language=""))


def _take_from_workers(session: Session, ids: Sequence[int]) -> None:
    """Remove the promises to judge or to score these comments.

    A worker that has one under its lease, and the text in its memory, can then not finish it, so it stores nothing.
    """
    revisions = session.execute(select(Comment.id, Comment.revision).where(Comment.id.in_(ids)))
    judging = [judge_key(row_id, number) for row_id, latest in revisions for number in range(1, latest + 1)]
    _run(session, delete(OutboxRow).where(OutboxRow.kind == JUDGE, OutboxRow.key.in_(judging)))
    wanted, open_rows = set(ids), (OutboxRow.kind == RESCORE, OutboxRow.done_at.is_(None))
    scoring = session.execute(select(OutboxRow.id, OutboxRow.key).where(*open_rows))
    rows = [row_id for row_id, key in scoring if int(key.partition(":")[0]) in wanted]
    _run(session, delete(OutboxRow).where(OutboxRow.id.in_(rows)))


def _run(session: Session, statement: Any) -> None:
    session.execute(statement.execution_options(synchronize_session=False))
