"""How much comes in, what became of it, and what waits: counted by the database, exactly."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, func, select, type_coerce
from sqlalchemy.orm import Session

from comments_service.moderation.permissions import SiteIds
from comments_service.storage.tables import STATUSES, Comment, Decision

_DAY_US = 86_400_000_000
# Upper ends of the ages at which what waits is counted; the last has none.
AGES = (timedelta(hours=1), timedelta(hours=4), timedelta(days=1), timedelta(days=3))


@dataclass(frozen=True, slots=True)
class Day:
    """One day (UTC): comments that came in by what they are now; decisions by who took them."""

    day: date
    by_status: dict[str, int]
    by_machine: int
    by_people: int

    @property
    def comments(self) -> int:
        return sum(self.by_status.values())


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a person now: how many by age (one more than AGES), and since when the oldest."""

    by_age: tuple[int, ...]
    oldest: datetime | None

    @property
    def comments(self) -> int:
        return sum(self.by_age)


@dataclass(frozen=True, slots=True)
class MachineRow:
    """What the machine decided in a period for one reason, by one model (None: without one)."""

    action: str
    reason: str
    model: str | None
    count: int


def days(session: Session, site_ids: SiteIds, begin: datetime, end: datetime) -> list[Day]:
    """Every day from `begin` to `end`, the empty ones too."""
    came = _came(session, site_ids, begin)
    decided = _decided(session, site_ids, begin)
    found, day = [], begin.date()
    while day <= end.date():
        actors = decided.get(day, {})
        found.append(Day(day, came.get(day, {}), actors.get("machine", 0), actors.get("moderator", 0)))
        day += timedelta(days=1)
    return found


def waiting_now(session: Session, site_ids: SiteIds, now: datetime) -> Waiting:
    """What waits for a person at this moment."""
    waits = (Comment.site_id.in_(site_ids), Comment.status == "pending")
    until = [select(func.count()).where(*waits, Comment.created_at > now - age).scalar_subquery() for age in AGES]
    everything = select(func.count()).where(*waits).scalar_subquery()
    oldest = select(func.min(Comment.created_at)).where(*waits).scalar_subquery()
    *younger, total, first = session.execute(select(*until, everything, oldest)).one()
    return Waiting(_steps([*younger, total]), first)


def machine_rows(session: Session, site_ids: SiteIds, begin: datetime) -> list[MachineRow]:
    """The machine's decisions since `begin`, the most frequent first."""
    statement = (
        select(Decision.action, Decision.reason, Decision.model, func.count())
        .where(Decision.site_id.in_(site_ids), Decision.created_at >= begin, Decision.actor == "machine")
        .group_by(Decision.action, Decision.reason, Decision.model)
        .order_by(func.count().desc(), Decision.reason)
    )
    return [MachineRow(*row) for row in session.execute(statement)]


def _came(session: Session, site_ids: SiteIds, begin: datetime) -> dict[date, dict[str, int]]:
    day = type_coerce(Comment.created_at, BigInteger) // _DAY_US
    statement = (
        select(day, Comment.status, func.count())
        .where(Comment.site_id.in_(site_ids), Comment.status.in_(STATUSES), Comment.created_at >= begin)
        .group_by(day, Comment.status)
    )
    return _by_day(session.execute(statement))


def _decided(session: Session, site_ids: SiteIds, begin: datetime) -> dict[date, dict[str, int]]:
    """What the machine settled by itself, and what people decided."""
    day = type_coerce(Decision.created_at, BigInteger) // _DAY_US
    statement = (
        select(day, Decision.actor, func.count())
        .where(
            Decision.site_id.in_(site_ids),
            Decision.created_at >= begin,
            Decision.actor.in_(("machine", "moderator")),
            Decision.action.not_in(("hold", "undo")),
        )
        .group_by(day, Decision.actor)
    )
    return _by_day(session.execute(statement))


def _by_day(rows: Iterable[Any]) -> dict[date, dict[str, int]]:
    found: dict[date, dict[str, int]] = defaultdict(dict)
    for number, name, count in rows:
        found[(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=number)).date()][name] = count
    return found


def _steps(sums: Sequence[int]) -> tuple[int, ...]:
    """From growing sums to what each step adds."""
    return tuple(at - before for before, at in zip([0, *sums], sums, strict=False))
