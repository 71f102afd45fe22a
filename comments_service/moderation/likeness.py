"""Puts a comment that is judged into the group of those that it is like, and keeps by what later ones find it.

What alike means is `scoring.likeness`; how a group stands in the queue is `alike`. Two workers that judge the first two
comments of a group in the same moment make two groups of them; everything later joins one of the two.
"""

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Table, bindparam, delete, select, update
from sqlalchemy.orm import Session

from comments_service.content.links import InvalidURL, links_in
from comments_service.content.urls import parse_url
from comments_service.scoring.likeness import ALIKE, Sketch, resemblance, sketched
from comments_service.scoring.marks import mark_of_host
from comments_service.storage.tables import Comment, LikenessMark
from comments_service.storage.tables import Sketch as SketchRow
from comments_service.storage.types import Moment
from comments_service.storage.upsert import insert_row, insert_rows

LOOK_BACK = timedelta(days=7)  # what is older is nobody's like any more
_FOUND_BY = 3  # comments of a group that lead to it: should the first be changed or erased, others do
_MOST_LOOKED_AT = 60
_MOST_HOSTS = 5

_CANDIDATES = (
    select(SketchRow.comment_id, SketchRow.group_id, SketchRow.signature)
    .join(LikenessMark, LikenessMark.comment_id == SketchRow.comment_id)
    .where(
        LikenessMark.site_id == bindparam("site"),
        LikenessMark.mark.in_(bindparam("bands", expanding=True)),
        LikenessMark.created_at > bindparam("since", type_=Moment),
    )
    .order_by(LikenessMark.comment_id.desc())
    .limit(_MOST_LOOKED_AT)
)
_GROUP = (
    update(cast(Table, Comment.__table__)).where(Comment.id == bindparam("comment")).values(group_id=bindparam("group"))
)


@dataclass(frozen=True, slots=True)
class Traits:
    """What a text is recognised by: its sketch, if it is long enough for one, and the domains that it links to."""

    sketch: Sketch | None
    hosts: tuple[str, ...]


def traits_of(body: str, website: str = "", own: Sequence[str] = ()) -> Traits:
    """The traits of a comment. Links to the site's `own` hosts say nothing."""
    hosts = [_host(link) for link in [*links_in(body), *([website] if website else [])]]
    strange = dict.fromkeys(host for host in hosts if host and host not in own)
    return Traits(sketched(body, tuple(strange)), tuple(strange)[:_MOST_HOSTS])


def keep_traits(
    session: Session, comment_id: int, site_id: int, traits: Traits, now: datetime, *, changed: bool = False
) -> int | None:
    """Keep a comment's traits and its group; the group, or None where it stands for itself.

    `changed`: the text took the place of another, whose traits are forgotten.
    """
    if changed:
        for table in (SketchRow, LikenessMark):
            _forget(session, table, comment_id)
    group, found_by = _group(session, site_id, traits.sketch, now)
    marks = [*found_by, *(mark_of_host(host) for host in traits.hosts)]
    of_comment = {"site_id": site_id, "comment_id": comment_id, "created_at": now}
    insert_rows(session, LikenessMark, [{**of_comment, "mark": mark} for mark in marks])
    if traits.sketch is not None:
        row = {"comment_id": comment_id, "group_id": group, "signature": traits.sketch.signature, "created_at": now}
        insert_row(session, SketchRow, row)
    session.connection().execute(_GROUP, {"comment": comment_id, "group": group})
    return group


def forget_old_traits(session: Session, now: datetime) -> int:
    """Remove what is older than LOOK_BACK; how many sketches. Groups stay: what waits together goes on to."""
    before = now - LOOK_BACK
    session.execute(delete(LikenessMark).where(LikenessMark.created_at <= before))
    gone = session.execute(delete(SketchRow).where(SketchRow.created_at <= before).returning(SketchRow.comment_id))
    return len(gone.all())


def _group(session: Session, site_id: int, sketch: Sketch | None, now: datetime) -> tuple[int | None, tuple[int, ...]]:
    """The group of a text, and the bands by which the comment is to be found."""
    if sketch is None:
        return None, ()
    asked = {"site": site_id, "bands": sketch.bands, "since": now - LOOK_BACK}
    rows = dict.fromkeys(session.connection().execute(_CANDIDATES, asked))
    near = [(resemblance(sketch.signature, row.signature), row.group_id) for row in rows]
    alike = [(likeness, group) for likeness, group in near if likeness >= ALIKE]
    if not alike:
        # A random number: it leads to the group's comments and to nothing else, and is never given out twice.
        return secrets.randbits(62), sketch.bands
    group = max(alike)[1]
    enough = Counter(found for _, found in alike)[group] >= _FOUND_BY
    return group, () if enough else sketch.bands


def _forget(session: Session, table: type[SketchRow] | type[LikenessMark], comment_id: int) -> None:
    session.execute(delete(table).where(table.comment_id == comment_id).execution_options(synchronize_session=False))


def own_hosts(origins: Sequence[str], page: str) -> tuple[str, ...]:
    """The hosts of a site: those of its origins, and that of the page where a comment stands."""
    return tuple(dict.fromkeys(filter(None, map(_host, [*origins, page]))))


def _host(link: str) -> str:
    try:
        return parse_url(link).host.removeprefix("www.")
    except InvalidURL:
        return ""
