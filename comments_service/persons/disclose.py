"""Everything that is kept of a person, as one JSON object that a person can read (GDPR Art. 15 and 20).

Of other people nothing is told: neither which moderator decided, nor who reported a comment. What a comment's own rows
hold stands in disclose_comment.py.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from comments_service.persons.data_map import ABOUT
from comments_service.persons.disclose_comment import said_of
from comments_service.persons.find import (
    Person,
    is_address,
    is_ban,
    is_comment,
    is_follow,
    is_mail_try,
    is_notice,
    mails_to,
)
from comments_service.storage.tables import Address, Ban, Comment, Follow, MailTry, Notice, Site, Thread

OpenAddress = Callable[[bytes], str]

_AT_ONCE = 200


def disclose(
    session: Session,
    person: Person,
    *,
    open_address: OpenAddress,
    now: datetime,
    tell: Callable[[int], None] = lambda _: None,
) -> dict[str, Any]:
    """What is kept of `person`, as of now. `tell` hears how many comments are done. Raises UnknownKey."""
    return {
        "made_at": now.isoformat(),
        "about": list(ABOUT),
        "addresses": _addresses(session, person, open_address),
        "comments": _comments(session, person, tell),
        "follows": _follows(session, person, open_address),
        "notices_given": _notices(session, person, open_address),
        "mails": _mails(session, person),
        "mails_tried": _tries(session, person),
        "bans": _bans(session, person),
    }


def _addresses(session: Session, person: Person, open_address: OpenAddress) -> list[dict[str, Any]]:
    statement = select(Address, Site.key).join(Site, Site.id == Address.site_id).where(is_address(person))
    return [
        {
            "site": site,
            "email": open_address(row.sealed),
            "kept_since": row.created_at.isoformat(),
            "verified_at": _iso(row.verified_at),
        }
        for row, site in session.execute(statement.order_by(Address.id))
    ]


def _comments(session: Session, person: Person, tell: Callable[[int], None]) -> list[dict[str, Any]]:
    ids = list(session.scalars(select(Comment.id).where(is_comment(person)).order_by(Comment.id)))
    found: list[dict[str, Any]] = []
    for begin in range(0, len(ids), _AT_ONCE):
        found += _lot(session, ids[begin : begin + _AT_ONCE])
        tell(len(found))
        session.expunge_all()
    return found


def _lot(session: Session, ids: Sequence[int]) -> list[dict[str, Any]]:
    answered = aliased(Comment)
    statement = (
        select(Comment, Site.key, Thread.url, Thread.title, answered.public_id)
        .join(Site, Site.id == Comment.site_id)
        .join(Thread, Thread.id == Comment.thread_id)
        .outerjoin(answered, answered.id == Comment.in_reply_to_id)
        .where(Comment.id.in_(ids))
        .order_by(Comment.id)
    )
    below = said_of(session, ids)
    return [
        {"site": site, "page": url, "title": title, "in_reply_to": reply_to} | _comment(row) | below[row.id]
        for row, site, url, title, reply_to in session.execute(statement)
    ]


def _comment(row: Comment) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "status": row.status,
        "name": row.name,
        "website": row.website,
        "text": row.source,
        "badge": row.badge,
        "language": row.language,
        "written_at": row.created_at.isoformat(),
        "edited_at": _iso(row.edited_at),
        "decided_at": _iso(row.decided_at),
        "votes": {"up": row.up, "down": row.down},
        "reports": row.reports,
        "wanted_mails": row.notify,
        "network_digest": row.network_digest,
    }


def _follows(session: Session, person: Person, open_address: OpenAddress) -> list[dict[str, Any]]:
    statement = select(Follow, Site.key).join(Site, Site.id == Follow.site_id).where(is_follow(person))
    return [
        {
            "site": site,
            "email": open_address(row.sealed),
            "page": row.url,
            "replies_to": row.reply_to or None,
            "language": row.language,
            "asked_for_at": row.created_at.isoformat(),
            "confirmed_at": _iso(row.confirmed_at),
            "last_mail_at": _iso(row.told_at),
        }
        for row, site in session.execute(statement.order_by(Follow.id))
    ]


def _notices(session: Session, person: Person, open_address: OpenAddress) -> list[dict[str, Any]]:
    statement = select(Notice, Comment.public_id, Comment.status).join(Comment, Comment.id == Notice.comment_id)
    return [
        {
            "reference": row.reference,
            "email": open_address(row.sealed) if row.sealed is not None else None,
            "name": row.name,
            "comment": comment,
            "explanation": row.explanation,
            "law": row.law,
            "given_at": row.created_at.isoformat(),
            "decided_at": _iso(row.settled_at),
            "comment_is": status,
        }
        for row, comment, status in session.execute(statement.where(is_notice(person)).order_by(Notice.id))
    ]


def _mails(session: Session, person: Person) -> list[dict[str, Any]]:
    return [
        {"what": row.payload["what"], "promised_at": row.created_at.isoformat(), "done_at": _iso(row.done_at)}
        for row in mails_to(session, person)
    ]


def _tries(session: Session, person: Person) -> list[dict[str, Any]]:
    return [
        {"what": row.what, "tried_at": row.tried_at.isoformat(), "outcome": row.outcome}
        for row in session.scalars(select(MailTry).where(is_mail_try(person)).order_by(MailTry.id))
    ]


def _bans(session: Session, person: Person) -> list[dict[str, Any]]:
    statement = select(Ban, Site.key).join(Site, Site.id == Ban.site_id).where(is_ban(person)).order_by(Ban.id)
    return [
        {"site": site, "since": row.created_at.isoformat(), "until": _iso(row.expires_at)}
        for row, site in session.execute(statement)
    ]


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None
