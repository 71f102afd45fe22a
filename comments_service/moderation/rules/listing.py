"""The rules in force as people read them, with how often each caught something. No address or network leaves here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from comments_service.moderation.cursors import read_cursor, write_cursor
from comments_service.moderation.permissions import SiteIds, of_sites
from comments_service.privacy.hide import hide_addresses
from comments_service.storage.tables import Ban, Comment, Evidence, Moderator, RuleList, Site

CAUGHT_WITHIN = timedelta(days=30)
MOST_RULES = 100
_ORDER = "rules"


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule. `pattern` is empty where it is an address or a network; `comment` is what it was made from.

    `caught` counts comments of the last 30 days for which it was the weightiest rule of its check.
    """

    id: int
    site_key: str
    site_name: str
    kind: str
    pattern: str
    comment: str
    action: str
    note: str
    by: str
    created_at: datetime
    expires_at: datetime | None
    caught: int


@dataclass(frozen=True, slots=True)
class RulePage:
    """Rules, newest first; `next_cursor` is None on the last page."""

    rules: tuple[RuleRow, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class ListRow:
    """An imported list: one line, however many entries it has."""

    id: int
    site_key: str
    site_name: str
    name: str
    action: str
    note: str
    by: str
    size: int
    created_at: datetime
    changed_at: datetime
    expires_at: datetime | None
    caught: int


def rule_page(
    session: Session,
    *,
    site_ids: SiteIds,
    now: datetime,
    kinds: Iterable[str] = (),
    cursor: str | None = None,
    limit: int = 50,
) -> RulePage:
    """A page of the rules that are in force and belong to no list. Raises InvalidCursor."""
    limit = max(1, min(limit, MOST_RULES))
    statement = (
        select(Ban, Site.key, Site.name, Comment.public_id, Moderator.name)
        .join(Site, Site.id == Ban.site_id)
        .outerjoin(Comment, Comment.id == Ban.comment_id)
        .outerjoin(Moderator, Moderator.id == Ban.made_by)
        .where(of_sites(Ban.site_id, site_ids), Ban.list_id.is_(None), in_force(Ban, now))
        .order_by(Ban.id.desc())
        .limit(limit + 1)
    )
    if kinds:
        statement = statement.where(Ban.kind.in_(list(kinds)))
    if cursor:
        statement = statement.where(Ban.id < read_cursor(cursor, _ORDER, 1)[0])
    rows = session.execute(statement).all()
    page = rows[:limit]
    caught = _caught(session, [row[0].id for row in page], now)
    more = write_cursor(_ORDER, [page[-1][0].id]) if len(rows) > limit else None
    return RulePage(tuple(_rule(*row, caught.get(row[0].id, 0)) for row in page), more)


def list_rows(session: Session, *, site_ids: SiteIds, now: datetime) -> list[ListRow]:
    """The imported lists that are in force, by name."""
    statement = (
        select(RuleList, Site.key, Site.name, Moderator.name)
        .join(Site, Site.id == RuleList.site_id)
        .outerjoin(Moderator, Moderator.id == RuleList.made_by)
        .where(of_sites(RuleList.site_id, site_ids), in_force(RuleList, now))
        .order_by(RuleList.name, RuleList.id)
    )
    rows = session.execute(statement).all()
    caught = _caught_by_lists(session, site_ids, now) if rows else {}
    return [_list(row, key, name, by or "", caught.get(row.id, 0)) for row, key, name, by in rows]


def in_force(table: type[Ban] | type[RuleList], now: datetime) -> ColumnElement[bool]:
    """The condition that a rule or list is neither removed nor at its end."""
    return and_(table.removed_at.is_(None), or_(table.expires_at.is_(None), table.expires_at > now))


def _list(row: RuleList, key: str, site: str, by: str, caught: int) -> ListRow:
    return ListRow(
        id=row.id,
        site_key=key,
        site_name=site,
        name=row.name,
        action=row.action,
        note=hide_addresses(row.note),
        by=by,
        size=row.size,
        created_at=row.created_at,
        changed_at=row.changed_at,
        expires_at=row.expires_at,
        caught=caught,
    )


def _rule(rule: Ban, key: str, site: str, comment: str | None, by: str | None, caught: int) -> RuleRow:
    return RuleRow(
        id=rule.id,
        site_key=key,
        site_name=site,
        kind=rule.kind,
        pattern=rule.pattern if rule.kind in {"word", "domain"} else "",
        comment=comment or "",
        action=rule.action,
        note=hide_addresses(rule.note),
        by=by or "",
        created_at=rule.created_at,
        expires_at=rule.expires_at,
        caught=caught,
    )


def _caught(session: Session, rule_ids: list[int], now: datetime) -> dict[int, int]:
    statement = (
        select(Evidence.rule_id, func.count())
        .where(Evidence.rule_id.in_(rule_ids), Evidence.created_at > now - CAUGHT_WITHIN)
        .group_by(Evidence.rule_id)
    )
    return {rule_id: count for rule_id, count in session.execute(statement) if rule_id is not None}


def _caught_by_lists(session: Session, site_ids: SiteIds, now: datetime) -> dict[int, int]:
    statement = (
        select(Ban.list_id, func.count())
        .join(Evidence, Evidence.rule_id == Ban.id)
        .where(
            Evidence.rule_id.is_not(None),
            Evidence.created_at > now - CAUGHT_WITHIN,
            Ban.list_id.is_not(None),
            of_sites(Ban.site_id, site_ids),
        )
        .group_by(Ban.list_id)
    )
    return {list_id: count for list_id, count in session.execute(statement) if list_id is not None}
