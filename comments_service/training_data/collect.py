"""Examples to learn from, as a query over the append-only log of decisions. What a decision means: labels.py.

Only people teach: a machine's own decisions never do. Of a person's, the last one on a comment that was not undone.
A comment that its author took back, or that anybody deleted, is not kept for learning either. Scores that a program's
people suggested (suggestions.py) come under the same rules, under the name of the key that they came by.
"""

import hashlib
import heapq
import re
import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Executable, Row, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from comments_service.content.plain import plain
from comments_service.screening.checks.words import folded
from comments_service.storage.tables import Comment, Decision, Report, Revision, Site, Thread
from comments_service.training_data.example import Example, Said, opaque
from comments_service.training_data.exposure import exposure
from comments_service.training_data.labels import labels_of
from comments_service.training_data.last_word import is_judgement_of, is_last_word, stands
from comments_service.training_data.redact import redact
from comments_service.training_data.suggestions import suggested

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


def collect(
    session: Session, site_key: str | None = None, caps: Caps | None = None, *, every: bool = False
) -> Iterator[Example]:
    """Examples of one site (None: of all), latest decision first. Near-duplicates come once, with the latest label.

    `every` leaves out neither near-duplicates nor what is beyond the caps: for looking at decisions, not for learning.
    """
    quotas, key = Quotas(caps or Caps()), secrets.token_bytes(32)
    said = (_decisions(session, site_key, key), suggested(session, site_key, key))
    for one in heapq.merge(*said, key=lambda one: one.at, reverse=True):
        if every or quotas.admit(one):
            yield one.example()


class Quotas:
    """What has been let through so far, by likeness, moderator's day and author's day."""

    def __init__(self, caps: Caps) -> None:
        self._caps, self._seen, self._made = caps, set[bytes](), Counter[tuple[Any, ...]]()

    def admit(self, one: Said) -> bool:
        """Whether what a person said may teach; what may is counted."""
        likeness, day = _likeness(one.source), one.at.date()
        of_moderator, of_author = ("moderator", one.who, day), ("author", one.author, day)
        if likeness in self._seen or self._made[of_moderator] >= self._caps.per_moderator_day:
            return False
        if self._made[of_author] >= self._caps.per_author_day:
            return False
        self._made.update((of_moderator, of_author))
        self._seen.add(likeness)
        return True


def _decisions(session: Session, site_key: str | None, key: bytes) -> Iterator[Said]:
    for row in _decided(session, site_key):
        labels = labels_of(row.action, row.reason)
        if labels:
            example = partial(_example, row, labels, key)
            yield Said(row.created_at, str(row.moderator_id), _author(row), row.source, example)


def _example(row: Row[Any], labels: dict[str, float], key: bytes) -> Example:
    seen = exposure(row.stream, row.shown_probability, row.judged, reported=row.reported, disputed=row.disputed)
    return Example(
        id=row.public_id,
        text=redact(plain(row.source), row.name),
        website=redact(row.website, row.name),
        title=redact(row.title),
        parent=redact(plain(row.parent or ""), row.parent_name or ""),
        labels=labels,
        weight=seen.weight,
        stream=seen.stream,
        site=row.site,
        decided_at=row.created_at,
        thread=str(row.thread_id),
        moderator=str(row.moderator_id),
        author=opaque(_author(row), key),
    )


def _author(row: Row[Any]) -> str:
    """One person as far as it is known: the same address, else the same network, else this comment alone."""
    return f"address {row.address_id}" if row.address_id else row.network_digest or row.public_id


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
    judged, parent = aliased(Decision), aliased(Comment)
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
            func.coalesce(Revision.website, Comment.website).label("website"),
            func.coalesce(Revision.source, Comment.source).label("source"),
            Site.key.label("site"),
            Thread.title,
            parent.source.label("parent"),
            parent.name.label("parent_name"),
            judged.action.label("judged"),
            judged.stream,
            judged.shown_probability,
            select(Report.id).where(Report.comment_id == Comment.id).exists().label("reported"),
            _disputed().label("disputed"),
        )
        .join(Comment, Comment.id == Decision.comment_id)
        .join(Site, Site.id == Decision.site_id)
        .join(Thread, Thread.id == Comment.thread_id)
        .outerjoin(parent, and_(parent.id == Comment.parent_id, parent.status != "deleted"))
        .outerjoin(judged, is_judgement_of(judged, Decision))
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
    return and_(is_last_word(Decision), Comment.status != "deleted")


def _disputed() -> ColumnElement[bool]:
    """Another moderator had decided otherwise about the same text."""
    other = aliased(Decision)
    same_text = and_(other.comment_id == Decision.comment_id, other.revision == Decision.revision)
    otherwise = and_(other.moderator_id != Decision.moderator_id, other.to_status != Decision.to_status)
    return select(other.id).where(same_text, otherwise, stands(other)).exists()
