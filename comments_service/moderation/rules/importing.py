"""Block lists in force: taken in under a name, replaced by a newer version of themselves, removed, put back.

What an import adds and takes out bears its moment, by which taking it back finds both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from comments_service.moderation.permissions import SiteIds, of_sites
from comments_service.moderation.rules.block_lists import Entry
from comments_service.moderation.rules.changes import By, log_change, rules_changed
from comments_service.moderation.rules.errors import NoSuchRule, RuleError
from comments_service.storage.tables import RULE_ACTIONS, Ban, RuleList, Site

LONGEST_NAME = 64  # characters
_AT_ONCE = 2000  # rows a statement


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import changed; `change_id` is None where the list was the same already."""

    name: str
    added: int
    removed: int
    size: int
    change_id: int | None


def import_list(session: Session, site_id: int, name: str, entries: Sequence[Entry], action: str, by: By) -> Imported:
    """Put a list into force on a site, in place of what stood under its name. Raises RuleError."""
    name = name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise RuleError("list_name", "name", f"--name: give the list a name of 1 to {LONGEST_NAME} characters")
    if action not in RULE_ACTIONS:
        raise RuleError("choice", "action", f"action: choose one of {', '.join(RULE_ACTIONS)}.")
    session.execute(select(Site.id).where(Site.id == site_id).with_for_update())
    found, was = _list_of(session, site_id, name, action, by)
    standing = {(row.kind, row.pattern): row.id for row in _entries(session, found.id)}
    wanted = dict.fromkeys(entries)
    new = [entry for entry in wanted if entry not in standing]
    gone = [rule_id for entry, rule_id in standing.items() if entry not in wanted]
    if was is not None and not new and not gone and found.action == action:
        return Imported(name, 0, 0, len(standing), None)
    _add(session, found, new, action, by)
    _take_out(session, gone, by.now)
    found.action = action
    _changed(session, found, by.now)
    became = {"name": name, "added": len(new), "removed": len(gone), "size": found.size}
    change = log_change(session, site_id, "list", str(found.id), was, became, by)
    return Imported(name, len(new), len(gone), found.size, change)


def remove_list(session: Session, list_id: int, site_ids: SiteIds, by: By) -> int:
    """Take a list out of force; the change's id, by which it can be undone. Raises NoSuchRule."""
    found = session.scalar(
        select(RuleList).where(
            RuleList.id == list_id, of_sites(RuleList.site_id, site_ids), RuleList.removed_at.is_(None)
        )
    )
    if found is None:
        raise NoSuchRule
    found.removed_at = by.now
    _changed(session, found, by.now)
    return log_change(session, found.site_id, "list", str(found.id), _told(found), None, by)


def put_list_back(session: Session, list_id: int, at: datetime, *, removed: bool, first: bool, by: By) -> None:
    """Take back what happened to a list at the moment `at`: its removal, its first import, or a new version."""
    found = session.get_one(RuleList, list_id)
    if removed:
        found.removed_at = None
    elif first:
        found.removed_at = by.now
    else:
        of_it = (Ban.list_id == list_id,)
        session.execute(update(Ban).where(*of_it, Ban.created_at == at).values(removed_at=by.now))
        session.execute(update(Ban).where(*of_it, Ban.removed_at == at).values(removed_at=None))
    _changed(session, found, by.now)


def _list_of(session: Session, site_id: int, name: str, action: str, by: By) -> tuple[RuleList, Any]:
    """The list of this name, made where there is none, and what the log says that it was."""
    found = session.scalar(select(RuleList).where(RuleList.site_id == site_id, RuleList.name == name))
    if found is None:
        found = RuleList(
            site_id=site_id, name=name, action=action, made_by=by.moderator_id, created_at=by.now, changed_at=by.now
        )
        session.add(found)
        session.flush()
        return found, None
    was = None if found.removed_at is not None else _told(found)
    found.removed_at = None
    return found, was


def _told(found: RuleList) -> dict[str, Any]:
    return {"name": found.name, "added": 0, "removed": 0, "size": found.size}


def _entries(session: Session, list_id: int) -> Sequence[Any]:
    statement = select(Ban.id, Ban.kind, Ban.pattern).where(Ban.list_id == list_id, Ban.removed_at.is_(None))
    return session.execute(statement).all()


def _add(session: Session, found: RuleList, new: Sequence[Entry], action: str, by: By) -> None:
    common = {"site_id": found.site_id, "list_id": found.id, "action": action, "note": "", "created_at": by.now}
    rows = [{**common, "kind": kind, "pattern": pattern, "made_by": by.moderator_id} for kind, pattern in new]
    for begin in range(0, len(rows), _AT_ONCE):
        session.execute(insert(Ban), rows[begin : begin + _AT_ONCE])


def _take_out(session: Session, ids: Sequence[int], now: datetime) -> None:
    for begin in range(0, len(ids), _AT_ONCE):
        session.execute(update(Ban).where(Ban.id.in_(ids[begin : begin + _AT_ONCE])).values(removed_at=now))


def _changed(session: Session, found: RuleList, now: datetime) -> None:
    """Count the entries, and let every process read the list anew."""
    counted = select(func.count()).where(Ban.list_id == found.id, Ban.removed_at.is_(None))
    found.size = session.scalar(counted) or 0
    found.version += 1
    found.changed_at = now
    session.flush()
    rules_changed(session, found.site_id)
