"""What stands beside a comment, read for a whole page: place, parent, checks, scores, reports, author's history.

Addresses leave here masked, those inside texts hidden. `context` puts it together.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from comments_service.content.excerpt import excerpt
from comments_service.moderation.masking import masked
from comments_service.privacy.addresses import AddressVault
from comments_service.privacy.hide import find_addresses, hide_addresses
from comments_service.storage.tables import Address, Comment, Evidence, Report, Score, Site, Thread

_EXCERPT = 280  # characters of the comment that was answered


@dataclass(frozen=True)
class Place:
    """Where a comment stands. `own_settings` is what the site sets itself (`sites.merged`)."""

    site_key: str
    site_name: str
    title: str
    url: str
    own_settings: Mapping[str, Any]


@dataclass(frozen=True)
class Writer:
    """Whose address it is: masked, and whether it was verified."""

    masked: str
    verified: bool


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
class ReaderReport:
    """One open report of a reader."""

    reason: str
    note: str
    created_at: datetime


def places_of(session: Session, thread_ids: set[int]) -> dict[int, Place]:
    """Site, thread and the site's own settings of each thread, by its id."""
    rows = session.execute(
        select(Thread.id, Site.key, Site.name, Thread.title, Thread.url, Site.settings)
        .join(Site, Site.id == Thread.site_id)
        .where(Thread.id.in_(thread_ids))
    )
    return {row.id: Place(row.key, row.name, row.title or row.url, row.url, row.settings) for row in rows}


def parents_of(session: Session, ids: set[int]) -> dict[int, Parent]:
    """The comments that were answered, by id."""
    rows = session.execute(
        select(Comment.id, Comment.public_id, Comment.name, Comment.source, Comment.status).where(Comment.id.in_(ids))
    )
    return {
        row.id: Parent(row.public_id, row.name, excerpt(row.source, _EXCERPT, find_hidden=find_addresses), row.status)
        for row in rows
    }


def checks_of(session: Session, comments: Sequence[Comment]) -> dict[int, list[CheckResult]]:
    """What the checks found in each comment's present text, by the comment's id."""
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


def scores_of(session: Session, comments: Sequence[Comment]) -> dict[int, Score]:
    """The latest scores of each comment's present text, by the comment's id."""
    rows = session.scalars(
        select(Score)
        .join(Comment, (Comment.id == Score.comment_id) & (Comment.revision == Score.revision))
        .where(Comment.id.in_([comment.id for comment in comments]))
        # The latest word counts: after a rollback that is what the former model was asked again.
        .order_by(Score.created_at, Score.id)
    )
    return {row.comment_id: row for row in rows}


def reports_of(session: Session, ids: Sequence[int]) -> dict[int, list[ReaderReport]]:
    """Readers' open reports on each comment, by the comment's id."""
    found: dict[int, list[ReaderReport]] = defaultdict(list)
    statement = select(Report).where(Report.comment_id.in_(ids), Report.settled_at.is_(None)).order_by(Report.id)
    for row in session.scalars(statement):
        found[row.comment_id].append(ReaderReport(row.reason, hide_addresses(row.note), row.created_at))
    return found


def writers_of(session: Session, address_ids: set[int], vault: AddressVault) -> dict[int, Writer]:
    """Whose each address is, by its id."""
    rows = session.execute(select(Address.id, Address.sealed, Address.verified_at).where(Address.id.in_(address_ids)))
    return {row.id: Writer(masked(row.sealed, vault), row.verified_at is not None) for row in rows}


def histories_of(session: Session, address_ids: set[int]) -> dict[int, Counter[str]]:
    """How many comments each address has on its site, by status, by the address's id."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    rows = session.execute(
        select(Comment.address_id, Comment.status, func.count())
        .where(Comment.address_id.in_(address_ids))
        .group_by(Comment.address_id, Comment.status)
    )
    for address_id, status, count in rows:
        found[address_id or 0][status] = count
    return found
