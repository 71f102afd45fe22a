"""Everything a moderator needs beside a comment to decide fairly, gathered for a whole page in a few statements.

Addresses leave here masked, those inside texts hidden. Words for codes are the business of whoever shows them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from comments_service.content.excerpt import excerpt
from comments_service.moderation.marking import MarkedText, Span, hide_and_mark
from comments_service.moderation.masking import masked
from comments_service.moderation.notices import OpenNotice, open_notices
from comments_service.moderation.second_looks import Look, open_looks
from comments_service.privacy.addresses import AddressVault
from comments_service.privacy.hide import find_addresses, hide_addresses
from comments_service.storage.tables import (
    Address,
    Comment,
    Decision,
    Evidence,
    Moderator,
    Report,
    Score,
    Site,
    Thread,
)

_EXCERPT = 280  # characters of the comment that was answered


@dataclass(frozen=True)
class Parent:
    """The comment that was answered."""

    public_id: str
    name: str
    excerpt: str
    status: str


@dataclass(frozen=True)
class CheckResult:
    """What one check found in this revision; `weight` as in `screening.evidence`."""

    check: str
    weight: str
    detail: str


@dataclass(frozen=True)
class Scores:
    """What a model said of this revision: 0..1 by label; `signals` pushed a label from beside the text."""

    model: str
    language: str
    values: dict[str, float]
    signals: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True)
class LastDecision:
    """Why the comment is where it is. `by` is a moderator's name, empty for others."""

    id: int
    action: str
    actor: str
    by: str
    reason: str
    note: str
    from_status: str
    created_at: datetime


@dataclass(frozen=True)
class ReaderReport:
    """One open report of a reader."""

    reason: str
    note: str
    created_at: datetime


@dataclass(frozen=True)
class Item:
    """One comment in its context. `author_history` counts this address's other comments on the site by status."""

    public_id: str
    revision: int
    status: str
    awaits: str
    site_key: str
    site_name: str
    thread_title: str
    thread_url: str
    name: str
    website: str
    masked_address: str
    body: MarkedText
    parent: Parent | None
    checks: tuple[CheckResult, ...]
    scores: Scores | None
    decision: LastDecision | None
    reports: tuple[ReaderReport, ...]
    notices: tuple[OpenNotice, ...]
    looks: tuple[Look, ...]
    author_history: dict[str, int]
    created_at: datetime
    edited_at: datetime | None


@dataclass(frozen=True)
class _Known:
    """What was read for a page, each by the comment's id (addresses and history by the address's)."""

    places: dict[int, tuple[str, str, str, str]]
    parents: dict[int, Parent]
    checks: dict[int, list[CheckResult]]
    scores: dict[int, Score]
    decisions: dict[int, LastDecision]
    reports: dict[int, list[ReaderReport]]
    notices: dict[int, list[OpenNotice]]
    looks: dict[int, list[Look]]
    masks: dict[int, str]
    histories: dict[int, Counter[str]]


def put_into_context(session: Session, comments: Sequence[Comment], vault: AddressVault) -> list[Item]:
    """The comments as Items, in their order. Ten statements, however many comments there are."""
    if not comments:
        return []
    ids = [comment.id for comment in comments]
    address_ids = {comment.address_id for comment in comments if comment.address_id is not None}
    known = _Known(
        places=_places(session, {comment.thread_id for comment in comments}),
        parents=_parents(session, {answered for comment in comments if (answered := _answered(comment))}),
        checks=_checks(session, comments),
        scores=_scores(session, comments),
        decisions=last_decisions(session, ids),
        reports=_reports(session, ids),
        notices=open_notices(session, ids, vault),
        looks=open_looks(session, comments),
        masks=_masks(session, address_ids, vault),
        histories=_histories(session, address_ids),
    )
    return [_item(comment, known) for comment in comments]


def _item(comment: Comment, known: _Known) -> Item:
    site_key, site_name, title, url = known.places[comment.thread_id]
    score = known.scores.get(comment.id)
    reasons = score.reasons if score else []
    others = Counter(known.histories.get(comment.address_id or 0, Counter()))
    others[comment.status] -= 1
    return Item(
        public_id=comment.public_id,
        revision=comment.revision,
        status=comment.status,
        awaits=comment.awaits,
        site_key=site_key,
        site_name=site_name,
        thread_title=title,
        thread_url=url,
        name=comment.name,
        website=comment.website,
        masked_address=known.masks.get(comment.address_id or 0, ""),
        body=hide_and_mark(comment.source, _spans(reasons)),
        parent=known.parents.get(_answered(comment) or 0),
        checks=tuple(known.checks.get(comment.id, ())),
        scores=None if score is None else Scores(score.model, score.language, score.scores, _signals(reasons)),
        decision=known.decisions.get(comment.id),
        reports=tuple(known.reports.get(comment.id, ())),
        notices=tuple(known.notices.get(comment.id, ())),
        looks=tuple(known.looks.get(comment.id, ())),
        author_history={status: count for status, count in sorted(others.items()) if count > 0},
        created_at=comment.created_at,
        edited_at=comment.edited_at,
    )


def last_decisions(session: Session, comment_ids: Iterable[int]) -> dict[int, LastDecision]:
    """The latest decision about each comment, by the comment's id."""
    latest = (
        select(func.max(Decision.id)).where(Decision.comment_id.in_(list(comment_ids))).group_by(Decision.comment_id)
    )
    rows = session.execute(
        select(Decision, Moderator.name)
        .outerjoin(Moderator, Moderator.id == Decision.moderator_id)
        .where(Decision.id.in_(latest))
    )
    return {
        row.comment_id: LastDecision(
            row.id,
            row.action,
            row.actor,
            by or "",
            row.reason,
            hide_addresses(row.note),
            row.from_status,
            row.created_at,
        )
        for row, by in rows
    }


def _answered(comment: Comment) -> int | None:
    return comment.in_reply_to_id or comment.parent_id


def _spans(reasons: Iterable[dict[str, Any]]) -> list[Span]:
    found = (Span(str(r["label"]), int(r["begin"]), int(r["end"]), float(r["weight"])) for r in reasons)
    return [span for span in found if span.begin < span.end]


def _signals(reasons: Iterable[dict[str, Any]]) -> tuple[tuple[str, str, float], ...]:
    beside = (r for r in reasons if r["begin"] == r["end"])
    return tuple((str(r["label"]), str(r.get("signal", "")), float(r["weight"])) for r in beside)


def _places(session: Session, thread_ids: set[int]) -> dict[int, tuple[str, str, str, str]]:
    rows = session.execute(
        select(Thread.id, Site.key, Site.name, Thread.title, Thread.url)
        .join(Site, Site.id == Thread.site_id)
        .where(Thread.id.in_(thread_ids))
    )
    return {row.id: (row.key, row.name, row.title or row.url, row.url) for row in rows}


def _parents(session: Session, ids: set[int]) -> dict[int, Parent]:
    rows = session.execute(
        select(Comment.id, Comment.public_id, Comment.name, Comment.source, Comment.status).where(Comment.id.in_(ids))
    )
    return {
        row.id: Parent(row.public_id, row.name, excerpt(row.source, _EXCERPT, find_hidden=find_addresses), row.status)
        for row in rows
    }


def _checks(session: Session, comments: Sequence[Comment]) -> dict[int, list[CheckResult]]:
    found: dict[int, list[CheckResult]] = defaultdict(list)
    rows = session.scalars(
        select(Evidence)
        .join(Comment, (Comment.id == Evidence.comment_id) & (Comment.revision == Evidence.revision))
        .where(Comment.id.in_([comment.id for comment in comments]))
        .order_by(Evidence.id)
    )
    for row in rows:
        found[row.comment_id].append(CheckResult(row.check_name, row.weight, hide_addresses(row.detail)))
    return found


def _scores(session: Session, comments: Sequence[Comment]) -> dict[int, Score]:
    rows = session.scalars(
        select(Score)
        .join(Comment, (Comment.id == Score.comment_id) & (Comment.revision == Score.revision))
        .where(Comment.id.in_([comment.id for comment in comments]))
        # The latest word counts: after a rollback that is what the former model was asked again.
        .order_by(Score.created_at, Score.id)
    )
    return {row.comment_id: row for row in rows}


def _reports(session: Session, ids: Sequence[int]) -> dict[int, list[ReaderReport]]:
    found: dict[int, list[ReaderReport]] = defaultdict(list)
    statement = select(Report).where(Report.comment_id.in_(ids), Report.settled_at.is_(None)).order_by(Report.id)
    for row in session.scalars(statement):
        found[row.comment_id].append(ReaderReport(row.reason, hide_addresses(row.note), row.created_at))
    return found


def _masks(session: Session, address_ids: set[int], vault: AddressVault) -> dict[int, str]:
    rows = session.execute(select(Address.id, Address.sealed).where(Address.id.in_(address_ids)))
    return {row.id: masked(row.sealed, vault) for row in rows}


def _histories(session: Session, address_ids: set[int]) -> dict[int, Counter[str]]:
    found: dict[int, Counter[str]] = defaultdict(Counter)
    rows = session.execute(
        select(Comment.address_id, Comment.status, func.count())
        .where(Comment.address_id.in_(address_ids))
        .group_by(Comment.address_id, Comment.status)
    )
    for address_id, status, count in rows:
        found[address_id or 0][status] = count
    return found
