"""Examples to learn from, as a query over the append-only log of decisions. What a decision means: labels.py.

Only people teach: a machine's own decisions never do. Of a person's, the last one on a comment that was not undone.
A comment that its author took back, or that anybody deleted, is not kept for learning either.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Executable, Row, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from comments_service.content.plain import plain
from comments_service.screening.checks.words import folded
from comments_service.storage.tables import Comment, Decision, Revision, Site, Thread
from comments_service.training_data.labels import labels_of
from comments_service.training_data.redact import redact

_CHUNK = 500
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_NOT_A_LETTER = re.compile(r"[\W\d_]+")


@dataclass(frozen=True)
class Caps:
    """The most examples that one person's decisions, or one author's comments, can make in a day (UTC).

    They bound what a hostile or a tired moderator, or one author's flood, can teach. Beyond a cap the latest stay.
    """

    per_moderator_day: int = 1000
    per_author_day: int = 20


@dataclass(frozen=True)
class Example:
    """A redacted text with what a person decided about it. `labels` are 0 or 1; absent means not known.

    `comment` is the public id, by which an erased comment's example can be found and dropped; `thread` is the same
    number for all of an article's comments, so that one discussion is never split between training and test.
    """

    text: str
    labels: dict[str, float]
    site: str
    decided_at: datetime
    moderator_id: int
    comment: str
    thread: int
    title: str


def collect(session: Session, site_key: str | None = None, caps: Caps | None = None) -> Iterator[Example]:
    """Examples of one site (None: of all), latest decision first. Near-duplicates come once, with the latest label."""
    caps, seen, made = caps or Caps(), set[bytes](), Counter[tuple[Any, ...]]()
    for row in _decided(session, site_key):
        labels = labels_of(row.action, row.reason)
        if not labels:
            continue
        likeness = _likeness(row.source)
        if likeness in seen:
            continue
        day = row.created_at.date()
        quotas = (
            ("moderator", row.moderator_id, day),
            ("author", row.address_id or row.network_digest or row.public_id, day),
        )
        if made[quotas[0]] >= caps.per_moderator_day or made[quotas[1]] >= caps.per_author_day:
            continue
        made.update(quotas)
        seen.add(likeness)
        yield _example(row, labels)


def _example(row: Row[Any], labels: dict[str, float]) -> Example:
    return Example(
        text=redact(plain(row.source), row.name),
        labels=labels,
        site=row.site,
        decided_at=row.created_at,
        moderator_id=row.moderator_id,
        comment=row.public_id,
        thread=row.thread_id,
        title=redact(row.title),
    )


def _likeness(source: str) -> bytes:
    """Equal for texts that differ only in numbers, links, signs, case or spacing: spam repeats itself that way."""
    words = _NOT_A_LETTER.sub(" ", _LINK.sub(" ", folded(source))).strip()
    # A text without a letter has no words to be alike in; it is only like itself.
    return hashlib.blake2b((words or folded(source)).encode(), digest_size=16).digest()


def _decided(session: Session, site_key: str | None) -> Iterator[Row[Any]]:
    before: int | None = None
    while True:
        chunk = session.execute(_chunk_before(before, site_key)).all()
        if not chunk:
            return
        yield from chunk
        before = chunk[-1].id


def _chunk_before(before: int | None, site_key: str | None) -> Executable:
    statement = (
        select(
            Decision.id,
            Decision.action,
            Decision.reason,
            Decision.created_at,
            Decision.moderator_id,
            Comment.public_id,
            Comment.thread_id,
            Comment.address_id,
            Comment.network_digest,
            Comment.name,
            func.coalesce(Revision.source, Comment.source).label("source"),
            Site.key.label("site"),
            Thread.title,
        )
        .join(Comment, Comment.id == Decision.comment_id)
        .join(Site, Site.id == Decision.site_id)
        .join(Thread, Thread.id == Comment.thread_id)
        # What the moderator saw: the author may have written something else since.
        .outerjoin(Revision, and_(Revision.comment_id == Comment.id, Revision.revision == Decision.revision))
        .where(_teaches(), or_(Revision.id.is_not(None), Comment.revision == Decision.revision))
        .order_by(Decision.id.desc())
        .limit(_CHUNK)
    )
    if site_key is not None:
        statement = statement.where(Site.key == site_key)
    return statement if before is None else statement.where(Decision.id < before)


def _teaches() -> ColumnElement[bool]:
    """A person's decision that stands: not an undo, not undone, none of a person's after it, comment not deleted."""
    later = aliased(Decision)
    superseded = select(later.id).where(later.comment_id == Decision.comment_id, later.id > Decision.id, _stands(later))
    return and_(_stands(Decision), Comment.status != "deleted", ~superseded.exists())


def _stands(decision: Any) -> ColumnElement[bool]:
    undoing = aliased(Decision)
    undone = select(undoing.id).where(undoing.undo_of == decision.id)
    return and_(
        decision.actor == "moderator",
        decision.action != "undo",
        decision.moderator_id.is_not(None),
        ~undone.exists(),
    )
