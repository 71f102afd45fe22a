"""A whole site as JSON lines: header, threads, comments, last line. The form is documented in docs/import-export.md.

Lines come in an order that can be read back in one pass: a thread before its comments, a comment before its replies.
What one comment's line holds stands in comment_line.py; files and progress are the business of `cli`.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Executable, Row, func, select
from sqlalchemy.orm import Session, aliased

from comments_service.exporters.comment_line import comment_line
from comments_service.exporters.comment_parts import parts_of
from comments_service.exporters.line import moment, without_empty
from comments_service.moderation.sites import find_site
from comments_service.storage.tables import Address, Comment, Site, Thread

FORMAT = "comments-service"
VERSION = 2  # rises with every new field: a reader refuses what it doesn't know instead of losing it silently

_CHUNK = 500  # comments read at a time: memory stays the same however large the site is

OpenAddress = Callable[[bytes], str]


def count_lines(session: Session, site_key: str) -> int:
    """How many lines `export_site` will give, for progress. Raises SiteError."""
    site = find_site(session, site_key)
    threads = session.scalar(select(func.count()).where(Thread.site_id == site.id)) or 0
    comments = session.scalar(select(func.count()).where(Comment.site_id == site.id)) or 0
    return 2 + threads + comments


def export_site(session: Session, site_key: str, *, open_address: OpenAddress | None = None) -> Iterator[str]:
    """The site's lines, without line ends, as of one moment. Raises SiteError.

    `open_address` opens a sealed e-mail address; without it the export holds none. The session must be fresh: on
    PostgreSQL its transaction is made one that sees a single moment (SQLite's always do).
    """
    _see_one_moment(session)
    site = find_site(session, site_key)
    yield _text(_header(site, open_address is not None))
    threads = comments = 0
    for thread in _threads(session, site.id):
        threads += 1
        yield _text(_thread_line(thread))
    for line in _comments(session, site.id, open_address):
        comments += 1
        yield _text(line)
    yield _text({"kind": "end", "threads": threads, "comments": comments})


def _see_one_moment(session: Session) -> None:
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def _text(line: dict[str, Any]) -> str:
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _header(site: Site, addresses: bool) -> dict[str, Any]:
    # No time of export in here: two exports of the same site are the same bytes.
    return {
        "kind": "site",
        "format": FORMAT,
        "version": VERSION,
        "site": site.key,
        "name": site.name,
        "origins": site.origins,
        "settings": site.settings,
        "addresses": addresses,
    }


def _thread_line(thread: Thread) -> dict[str, Any]:
    return without_empty(
        {
            "kind": "thread",
            "url": thread.url,
            "title": thread.title,
            "closed": not thread.open,
            "created_at": moment(thread.created_at),
        }
    )


def _threads(session: Session, site_id: int) -> Iterator[Thread]:
    last = 0
    while True:
        statement = select(Thread).where(Thread.site_id == site_id, Thread.id > last).order_by(Thread.id).limit(_CHUNK)
        chunk = session.scalars(statement).all()
        if not chunk:
            return
        yield from chunk
        last = chunk[-1].id
        session.expunge_all()


def _comments(session: Session, site_id: int, open_address: OpenAddress | None) -> Iterator[dict[str, Any]]:
    last = 0
    while True:
        rows = session.execute(_chunk_after(site_id, last)).all()
        if not rows:
            return
        parts = parts_of(session, [row.Comment.id for row in rows])
        for row in rows:
            line = comment_line(row.Comment, row.url, row.parent, row.in_reply_to, parts[row.Comment.id])
            yield without_empty(line | _address(row, open_address))
        last = rows[-1].Comment.id
        session.expunge_all()


def _chunk_after(site_id: int, last: int) -> Executable:
    """Comments by id: a reply is always stored after what it answers, so this order can be read back in one pass."""
    parent, answered = aliased(Comment), aliased(Comment)
    return (
        select(
            Comment,
            Thread.url,
            parent.public_id.label("parent"),
            answered.public_id.label("in_reply_to"),
            Address.sealed,
            Address.verified_at,
        )
        .join(Thread, Thread.id == Comment.thread_id)
        .outerjoin(parent, parent.id == Comment.parent_id)
        .outerjoin(answered, answered.id == Comment.in_reply_to_id)
        .outerjoin(Address, Address.id == Comment.address_id)
        .where(Comment.site_id == site_id, Comment.id > last)
        .order_by(Comment.id)
        .limit(_CHUNK)
    )


def _address(row: Row[Any], open_address: OpenAddress | None) -> dict[str, Any]:
    # A deleted comment is a stone without an author, so it brings no address either.
    if open_address is None or row.sealed is None or row.Comment.status == "deleted":
        return {}
    return {
        "email": open_address(row.sealed),
        "email_verified_at": moment(row.verified_at),
        "notify": row.Comment.notify,
    }
