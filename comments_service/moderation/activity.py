"""What colleagues did: for one person what concerns them, for the team decisions and notes, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from comments_service.content.excerpt import excerpt
from comments_service.moderation.cursors import read_cursor, write_cursor
from comments_service.moderation.permissions import SiteIds, of_sites
from comments_service.privacy.hide import find_addresses, hide_addresses
from comments_service.storage.tables import Comment, Decision, Mention, Moderator, Note, Opinion
from comments_service.storage.types import from_microseconds, to_microseconds

_EXCERPT = 120  # characters
_ORDER = "team"
_PAGE = 50
MOST_MINE = 30
# Written out: the index holds only decisions of people, and a database cannot tell that of a parameter.
_OF_PEOPLE: ColumnElement[bool] = literal_column("decisions.actor = 'moderator'")


@dataclass(frozen=True, slots=True)
class Place:
    """The comment that something is about."""

    public_id: str
    name: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody named this person in a note."""

    place: Place
    body: str
    by: str
    created_at: datetime
    unread: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of this person's proposal (or, with an empty `action`, question). `by` decided `decided`, empty
    where nobody did: the text changed."""

    place: Place
    action: str
    reason: str
    outcome: str
    by: str
    decided: str
    decided_reason: str
    note: str
    settled_at: datetime
    unread: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that somebody of the team did: an action of a decision, or "note". `note` is the words with it."""

    place: Place
    by: str
    action: str
    reason: str
    note: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class TeamPage:
    """One page of what the team did. `next_cursor` is None on the last one."""

    steps: tuple[Step, ...]
    next_cursor: str | None


def unread(session: Session, moderator_id: int) -> int:
    """How many mentions and outcomes this person has not marked as read."""
    mentions = select(func.count()).select_from(Mention).where(*_unread_mentions(moderator_id)).scalar_subquery()
    outcomes = select(func.count()).select_from(Opinion).where(*_unread_outcomes(moderator_id)).scalar_subquery()
    return session.scalar(select(mentions + outcomes)) or 0


def mark_read(session: Session, moderator_id: int, now: datetime) -> None:
    """Everything that concerns this person so far has been read."""
    session.execute(update(Mention).where(*_unread_mentions(moderator_id)).values(read_at=now))
    session.execute(update(Opinion).where(*_unread_outcomes(moderator_id)).values(read_at=now))


def mentions_of(session: Session, moderator_id: int, site_ids: SiteIds) -> list[Named]:
    """The latest notes that name this person, newest first."""
    statement = (
        select(Mention, Note.body, Moderator.name, Comment)
        .join(Note, Note.id == Mention.note_id)
        .join(Moderator, Moderator.id == Note.moderator_id)
        .join(Comment, Comment.id == Note.comment_id)
        .where(Mention.moderator_id == moderator_id, of_sites(Note.site_id, site_ids))
        .order_by(Mention.id.desc())
        .limit(MOST_MINE)
    )
    return [
        Named(_place(comment), hide_addresses(body), by, mention.created_at, mention.read_at is None)
        for mention, body, by, comment in session.execute(statement)
    ]


def outcomes_of(session: Session, moderator_id: int, site_ids: SiteIds) -> list[Outcome]:
    """What became of this person's latest proposals and questions, newest first."""
    decider = aliased(Moderator)
    statement = (
        select(Opinion, Comment, Decision, decider.name)
        .join(Comment, Comment.id == Opinion.comment_id)
        .outerjoin(Decision, Decision.id == Opinion.decision_id)
        .outerjoin(decider, decider.id == Decision.moderator_id)
        .where(Opinion.moderator_id == moderator_id, _settled(), of_sites(Opinion.site_id, site_ids))
        .order_by(Opinion.settled_at.desc(), Opinion.id.desc())
        .limit(MOST_MINE)
    )
    return [_outcome(*row) for row in session.execute(statement)]


def team_steps(
    session: Session, *, site_ids: SiteIds, by: int | None = None, cursor: str | None = None, limit: int = _PAGE
) -> TeamPage:
    """What people decided and noted on these sites, newest first; of one person where `by` names one.

    Raises InvalidCursor.
    """
    before = read_cursor(cursor, _ORDER, 3) if cursor else None
    decided = _steps(session, Decision, 0, before, limit).where(_OF_PEOPLE, of_sites(Decision.site_id, site_ids))
    noted = _steps(session, Note, 1, before, limit).where(of_sites(Note.site_id, site_ids))
    if by is not None:
        decided, noted = decided.where(Decision.moderator_id == by), noted.where(Note.moderator_id == by)
    rows = [(row, 0) for row in session.execute(decided)] + [(row, 1) for row in session.execute(noted)]
    rows.sort(key=lambda one: (one[0][0].created_at, one[1], one[0][0].id), reverse=True)
    page = rows[:limit]
    steps = tuple(_step(*row) for row, _ in page)
    if len(rows) <= limit:
        return TeamPage(steps, None)
    last, kind = page[-1]
    return TeamPage(steps, write_cursor(_ORDER, [to_microseconds(last[0].created_at), kind, last[0].id]))


def person_named(session: Session, login: str) -> int | None:
    """The id of the moderator with this login."""
    return session.scalar(select(Moderator.id).where(Moderator.login == login))


def team_of(session: Session, site_ids: SiteIds) -> list[tuple[str, str]]:
    """Login and name of everybody who looks after any of these sites, by name."""
    covers = or_(Moderator.site_id.is_(None), Moderator.site_id.in_(site_ids))
    statement = select(Moderator.login, Moderator.name).where(covers, ~Moderator.disabled).order_by(Moderator.name)
    return [(row.login, row.name) for row in session.execute(statement)]


def _steps(session: Session, table: Any, kind: int, before: tuple[int, ...] | None, limit: int) -> Select[Any]:
    statement = (
        select(table, Comment, Moderator.name)
        .join(Comment, Comment.id == table.comment_id)
        .join(Moderator, Moderator.id == table.moderator_id)
        .order_by(table.created_at.desc(), table.id.desc())
        .limit(limit + 1)
    )
    return statement if before is None else statement.where(_earlier(table.created_at, table.id, kind, before))


def _earlier(
    at: InstrumentedAttribute[datetime], row_id: InstrumentedAttribute[int], kind: int, before: tuple[int, ...]
) -> ColumnElement[bool]:
    """Rows behind the cursor's, in the order of moment, kind and id."""
    micros, kind_then, id_then = before
    try:
        moment = from_microseconds(micros)
    except OverflowError:
        moment = from_microseconds(0)
    if kind == kind_then:
        return and_(at <= moment, or_(at < moment, row_id < id_then))
    return at <= moment if kind < kind_then else at < moment


def _step(row: Any, comment: Comment, by: str) -> Step:
    if isinstance(row, Note):
        return Step(_place(comment), by, "note", "", hide_addresses(row.body), row.created_at)
    return Step(_place(comment), by, row.action, row.reason, hide_addresses(row.note), row.created_at)


def _outcome(opinion: Opinion, comment: Comment, decision: Decision | None, by: str | None) -> Outcome:
    assert opinion.settled_at is not None, "only settled ones are read"
    return Outcome(
        place=_place(comment),
        action=opinion.action,
        reason=opinion.reason,
        outcome=opinion.outcome,
        by=by or "",
        decided=decision.action if decision else "",
        decided_reason=decision.reason if decision else "",
        note=hide_addresses(decision.note) if decision else "",
        settled_at=opinion.settled_at,
        unread=opinion.read_at is None,
    )


def _place(comment: Comment) -> Place:
    return Place(comment.public_id, comment.name, excerpt(comment.source, _EXCERPT, find_hidden=find_addresses))


def _settled() -> ColumnElement[bool]:
    return and_(Opinion.settled_at.is_not(None), Opinion.outcome != "withdrawn")


def _unread_mentions(moderator_id: int) -> Iterable[ColumnElement[bool]]:
    return Mention.moderator_id == moderator_id, Mention.read_at.is_(None)


def _unread_outcomes(moderator_id: int) -> Iterable[ColumnElement[bool]]:
    return Opinion.moderator_id == moderator_id, _settled(), Opinion.read_at.is_(None)
