"""Authors' appeals as moderators read them: the open ones oldest first, the settled ones newest first, and one whole.

What an author wrote is shown without addresses, like everything that a reader wrote.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from comments_service.content.excerpt import excerpt
from comments_service.moderation.appeals import Judge, NoSuchAppeal, Right, right_of
from comments_service.moderation.context import Item
from comments_service.moderation.cursors import InvalidCursor, read_cursor, write_cursor
from comments_service.moderation.permissions import SiteIds, of_sites
from comments_service.moderation.queue import find_item
from comments_service.moderation.statements import Statement, statement_of
from comments_service.privacy.addresses import AddressVault
from comments_service.privacy.hide import find_addresses, hide_addresses
from comments_service.storage.tables import Appeal, AppealStep, Comment, Decision, Moderator, Site
from comments_service.storage.types import from_microseconds, to_microseconds

State = Literal["open", "settled"]
STATES: tuple[State, ...] = ("open", "settled")

_EXCERPT = 160  # characters
_PAGE = 50


@dataclass(frozen=True, slots=True)
class AppealLine:
    """One appeal in a list. `by` is the name of who decided at first, "" for a program; `outcome` "" while open."""

    reference: str
    public_id: str
    site_name: str
    author_name: str
    excerpt: str
    by: str
    created_at: datetime
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class AppealPage:
    """One page of a list. `next_cursor` is None on the last one."""

    lines: tuple[AppealLine, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Contested:
    """The decision that an author objects to, as it stands in the log."""

    by: str
    actor: str
    action: str
    reason: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """One step of an appeal. `by` is a moderator's name, "" where the author ended it."""

    outcome: str
    by: str
    alone: bool
    answer: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class WholeAppeal:
    """One appeal with all that is needed to decide about it. `right` is what the reader may do: see `right_of`.

    `statement` is what its author was told; None once the comment is published or gone.
    """

    reference: str
    item: Item
    text: str
    created_at: datetime
    settled_at: datetime | None
    contested: Contested
    statement: Statement | None
    outcomes: tuple[Outcome, ...]
    right: Right


def count_open(session: Session, site_ids: SiteIds) -> int:
    """How many appeals wait."""
    return session.scalar(select(func.count()).select_from(Appeal).where(_in_state("open", site_ids))) or 0


def appeals(session: Session, state: State, *, site_ids: SiteIds, cursor: str = "") -> AppealPage:
    """A page of the appeals in one of STATES. Raises InvalidCursor."""
    moment = Appeal.created_at if state == "open" else Appeal.settled_at
    order = (moment, Appeal.id) if state == "open" else (moment.desc(), Appeal.id.desc())
    statement = _rows().where(_in_state(state, site_ids)).order_by(*order).limit(_PAGE + 1)
    if cursor:
        statement = statement.where(_behind(cursor, state))
    rows = session.execute(statement).all()
    lines = [_line(appeal, comment, site, by or "") for appeal, comment, site, by in rows[:_PAGE]]
    if len(rows) <= _PAGE:
        return AppealPage(tuple(lines), None)
    last = rows[_PAGE - 1][0]
    stands = last.created_at if state == "open" else last.settled_at
    return AppealPage(tuple(lines), write_cursor(state, [to_microseconds(stands or last.created_at), last.id]))


def appeals_about(session: Session, public_id: str, *, site_ids: SiteIds) -> list[AppealLine]:
    """The appeals about one comment, oldest first."""
    statement = _rows().where(Comment.public_id == public_id, of_sites(Appeal.site_id, site_ids)).order_by(Appeal.id)
    return [_line(appeal, comment, site, by or "") for appeal, comment, site, by in session.execute(statement)]


def whole_appeal(session: Session, reference: str, *, judge: Judge, vault: AddressVault) -> WholeAppeal:
    """One appeal. Raises NoSuchAppeal."""
    maker = aliased(Moderator)
    row = session.execute(
        select(Appeal, Comment, Decision, maker.name)
        .join(Comment, Comment.id == Appeal.comment_id)
        .join(Decision, Decision.id == Appeal.decision_id)
        .outerjoin(maker, maker.id == Decision.moderator_id)
        .where(Appeal.reference == reference, of_sites(Appeal.site_id, judge.site_ids))
    ).one_or_none()
    item = find_item(session, row[1].public_id, vault=vault, site_ids=judge.site_ids) if row is not None else None
    if row is None or item is None:
        raise NoSuchAppeal(reference)
    appeal, comment, decision, by = row
    return WholeAppeal(
        reference=appeal.reference,
        item=item,
        text=hide_addresses(appeal.text),
        created_at=appeal.created_at,
        settled_at=appeal.settled_at,
        contested=Contested(by or "", decision.actor, decision.action, decision.reason, decision.created_at),
        statement=statement_of(session, comment),
        outcomes=tuple(_outcomes(session, appeal.id)),
        right=right_of(session, appeal, judge),
    )


def _rows() -> "Select[*tuple[Any, ...]]":
    return (
        select(Appeal, Comment, Site.name, Moderator.name)
        .join(Comment, Comment.id == Appeal.comment_id)
        .join(Site, Site.id == Appeal.site_id)
        .join(Decision, Decision.id == Appeal.decision_id)
        .outerjoin(Moderator, Moderator.id == Decision.moderator_id)
    )


def _in_state(state: State, site_ids: SiteIds) -> ColumnElement[bool]:
    settled = Appeal.settled_at.is_(None) if state == "open" else Appeal.settled_at.is_not(None)
    return and_(of_sites(Appeal.site_id, site_ids), settled)


def _behind(cursor: str, state: State) -> ColumnElement[bool]:
    micros, last_id = read_cursor(cursor, state, 2)
    try:
        moment = from_microseconds(micros)
    except OverflowError:
        raise InvalidCursor from None
    if state == "open":
        return or_(Appeal.created_at > moment, and_(Appeal.created_at == moment, Appeal.id > last_id))
    return or_(Appeal.settled_at < moment, and_(Appeal.settled_at == moment, Appeal.id < last_id))


def _line(appeal: Appeal, comment: Comment, site_name: str, by: str) -> AppealLine:
    return AppealLine(
        reference=appeal.reference,
        public_id=comment.public_id,
        site_name=site_name,
        author_name=hide_addresses(comment.name),
        excerpt=excerpt(appeal.text, _EXCERPT, find_hidden=find_addresses),
        by=by,
        created_at=appeal.created_at,
        settled_at=appeal.settled_at,
    )


def _outcomes(session: Session, appeal_id: int) -> list[Outcome]:
    statement = (
        select(AppealStep, Moderator.name)
        .outerjoin(Moderator, Moderator.id == AppealStep.moderator_id)
        .where(AppealStep.appeal_id == appeal_id)
        .order_by(AppealStep.id)
    )
    return [
        Outcome(step.outcome, by or "", step.alone, hide_addresses(step.answer), step.created_at)
        for step, by in session.execute(statement)
    ]
