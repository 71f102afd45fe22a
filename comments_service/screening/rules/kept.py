"""A site's rules as this process last read them. One number, looked at with every comment, tells whether they changed.

So a new rule holds for the next comment in every process, and 100,000 entries of lists are read once and not with
every comment. Lists have a number of their own: a ban that is added does not read them again.
"""

import threading
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from comments_service.screening.rules.matching import Entries, Group, Terms
from comments_service.storage.tables import Ban, RuleList, Site
from comments_service.storage.types import Moment

_VERSION = select(Site.rules_version).where(Site.id == bindparam("site"))
_STANDING = or_(Ban.expires_at.is_(None), Ban.expires_at > bindparam("now", type_=Moment))
_SINGLE = (
    select(Ban.id, Ban.kind, Ban.pattern, Ban.action, Ban.expires_at)
    .where(Ban.site_id == bindparam("site"), Ban.list_id.is_(None), Ban.removed_at.is_(None), _STANDING)
    .order_by(Ban.id)
)
_LISTS = select(RuleList.id, RuleList.version, RuleList.name, RuleList.action, RuleList.expires_at).where(
    RuleList.site_id == bindparam("site"), RuleList.removed_at.is_(None)
)
_ENTRIES = (
    select(Ban.id, Ban.kind, Ban.pattern)
    .where(Ban.list_id == bindparam("list"), Ban.removed_at.is_(None))
    .order_by(Ban.id)
)


@dataclass
class _KeptSite:
    version: int = -1
    groups: tuple[Group, ...] = ()
    lists: dict[int, tuple[int, Entries]] = field(default_factory=dict)


# By database: a process may serve several, as tests do.
_kept: "WeakKeyDictionary[Any, dict[int, _KeptSite]]" = WeakKeyDictionary()
_reading = threading.Lock()


def rules_in_force(session: Session, site_id: int, now: datetime) -> tuple[Group, ...]:
    """The site's rules, as the database has them in this transaction."""
    connection = session.connection()
    sites = _kept.setdefault(connection.engine.pool, {})
    version = connection.execute(_VERSION, {"site": site_id}).scalar_one()
    kept = sites.get(site_id)
    if kept is None or kept.version != version:
        with _reading:
            kept = sites[site_id] = _read(session, site_id, version, sites.get(site_id) or _KeptSite(), now)
    return kept.groups


def _read(session: Session, site_id: int, version: int, former: _KeptSite, now: datetime) -> _KeptSite:
    rows = session.connection().execute(_SINGLE, {"site": site_id, "now": now}).all()
    single = Group(
        Entries((row.id, row.kind, row.pattern) for row in rows),
        {row.id: Terms(row.action, row.expires_at) for row in rows},
    )
    lists: dict[int, tuple[int, Entries]] = {}
    groups = [single]
    for row in session.connection().execute(_LISTS, {"site": site_id}).all():
        known = former.lists.get(row.id)
        lists[row.id] = known if known and known[0] == row.version else (row.version, _entries(session, row.id))
        groups.append(Group(lists[row.id][1], Terms(row.action, row.expires_at, row.name)))
    return _KeptSite(version, tuple(groups), lists)


def _entries(session: Session, list_id: int) -> Entries:
    read = session.connection().execute(_ENTRIES.execution_options(yield_per=5000), {"list": list_id})
    return Entries((row.id, row.kind, row.pattern) for row in read)
