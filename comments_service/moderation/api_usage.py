"""How often each API key asked about which blog, and what it was told or told us: counted by month, read again.

Numbers and host names only; who wrote what is not counted.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Select, delete, func, select, update
from sqlalchemy.orm import Session

from comments_service.storage.tables import BlogMonth
from comments_service.storage.upsert import insert_new

SPAM, HAM, MISSED_SPAM, FALSE_POSITIVES = COLUMNS = ("spam", "ham", "missed_spam", "false_positives")
TOTAL = "total"
KEPT_YEARS = 2
MOST_BLOGS = 1000  # of one key in one month; whoever sends more names has them counted as one


@dataclass(frozen=True, slots=True)
class BlogUsage:
    """One blog in one month. `spam` and `ham` are answers of ours, the others corrections of theirs."""

    blog: str
    spam: int
    ham: int
    missed_spam: int
    false_positives: int


def month_of(now: datetime) -> str:
    """The month that a moment is counted in, like 2026-11."""
    return f"{now:%Y-%m}"


def count(session: Session, key_id: int, blog: str, column: str, now: datetime) -> None:
    """Add one to a column (one of COLUMNS) of a blog's month.

    A blog's first call in a month deletes what is older than KEPT_YEARS of the key.
    """
    month = month_of(now)
    if _added(session, key_id, month, blog, column):
        return
    known = session.scalar(_rows(func.count(), key_id, month)) or 0
    told_apart = blog if known < MOST_BLOGS else ""
    place = {"api_key_id": key_id, "month": month, "blog": told_apart}
    insert_new(session, BlogMonth, place | dict.fromkeys(COLUMNS, 0), unique=list(place))
    _added(session, key_id, month, told_apart, column)
    oldest = month_of(now.replace(year=now.year - KEPT_YEARS, day=1))
    session.execute(delete(BlogMonth).where(BlogMonth.api_key_id == key_id, BlogMonth.month < oldest))


def asked_in(session: Session, key_id: int, month: str) -> int:
    """How many checks a key had answered in a month."""
    return session.scalar(_rows(func.coalesce(func.sum(BlogMonth.spam + BlogMonth.ham), 0), key_id, month)) or 0


def blogs_in(
    session: Session, key_id: int, month: str, *, part: str = "", order: str = TOTAL, limit: int, offset: int
) -> tuple[list[BlogUsage], int]:
    """A page of the blogs in whose host `part` stands, the most by `order` first; and how many there are in all."""
    wanted = BlogMonth.blog.contains(part, autoescape=True)
    rank = BlogMonth.spam + BlogMonth.ham if order == TOTAL else getattr(BlogMonth, order)
    columns = select(BlogMonth.blog, *(getattr(BlogMonth, name) for name in COLUMNS))
    page = _of(columns, key_id, month).where(wanted).order_by(rank.desc(), BlogMonth.blog).limit(limit).offset(offset)
    total = session.scalar(_rows(func.count(), key_id, month).where(wanted)) or 0
    return [BlogUsage(*row) for row in session.execute(page)], total


def _added(session: Session, key_id: int, month: str, blog: str, column: str) -> bool:
    done = session.execute(
        update(BlogMonth)
        .where(BlogMonth.api_key_id == key_id, BlogMonth.month == month, BlogMonth.blog == blog)
        .values({column: getattr(BlogMonth, column) + 1})
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", done).rowcount > 0


def _rows(what: Any, key_id: int, month: str) -> Select[Any]:
    return _of(select(what).select_from(BlogMonth), key_id, month)


def _of(statement: Select[Any], key_id: int, month: str) -> Select[Any]:
    return statement.where(BlogMonth.api_key_id == key_id, BlogMonth.month == month)
