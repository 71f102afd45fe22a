"""Where the rows are that belong to one person. Nothing is read out or changed here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, select, true
from sqlalchemy.orm import Session

from comments_service.notifications.author_mail import OBJECTION, VERDICT
from comments_service.notifications.waiting_mail import MAIL
from comments_service.storage.tables import Address, Ban, Comment, Follow, MailTry, Notice, OutboxRow

_TO_AUTHORS = (VERDICT, OBJECTION)


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever reads the mail of one address. `indexes` are its blind indexes, under the present and former secrets.

    `site_id` narrows to one site (None: all), `until` to what was written by then (None: everything).
    """

    indexes: tuple[str, ...]
    site_id: int | None = None
    until: datetime | None = None


def is_address(person: Person) -> ColumnElement[bool]:
    """Condition: a row of `addresses` is the person's."""
    return and_(Address.blind_index.in_(person.indexes), _on_site(Address, person), _by_then(Address, person))


def is_comment(person: Person) -> ColumnElement[bool]:
    """Condition: a comment is the person's. One that was sent without an address is nobody's."""
    addresses = select(Address.id).where(Address.blind_index.in_(person.indexes), _on_site(Address, person))
    return and_(Comment.address_id.in_(addresses), _by_then(Comment, person))


def is_follow(person: Person) -> ColumnElement[bool]:
    """Condition: a follow is the person's, confirmed or not."""
    return and_(Follow.blind_index.in_(person.indexes), _on_site(Follow, person), _by_then(Follow, person))


def is_notice(person: Person) -> ColumnElement[bool]:
    """Condition: a notice of illegal content was given by the person."""
    given = and_(Notice.notifier.in_(person.indexes), _by_then(Notice, person))
    if person.site_id is None:
        return given
    return and_(given, Notice.comment_id.in_(select(Comment.id).where(Comment.site_id == person.site_id)))


def is_ban(person: Person) -> ColumnElement[bool]:
    """Condition: a site keeps the person's address out."""
    return and_(Ban.kind == "address", Ban.pattern.in_(person.indexes), _on_site(Ban, person))


def is_mail_try(person: Person) -> ColumnElement[bool]:
    """Condition: a try to send a mail went to the person, whichever site it was about."""
    tried = MailTry.recipient_index.in_(person.indexes)
    return tried if person.until is None else and_(tried, MailTry.tried_at <= person.until)


def mails_to(session: Session, person: Person) -> list[OutboxRow]:
    """Mails to the person that are promised or were sent lately. Their rows hold ids, and no address or text."""
    follows = set(session.scalars(select(Follow.public_id).where(is_follow(person))))
    notices = set(session.scalars(select(Notice.reference).where(is_notice(person))))
    comments = set(session.scalars(select(Comment.public_id).where(is_comment(person))))
    if not follows and not notices and not comments:
        return []
    mails = session.scalars(select(OutboxRow).where(OutboxRow.kind == MAIL).order_by(OutboxRow.id))
    return [
        row
        for row in mails
        if row.payload.get("follow") in follows
        or row.payload.get("reference") in notices
        or (row.payload.get("what") in _TO_AUTHORS and row.payload.get("comment") in comments)
    ]


def _on_site(table: Any, person: Person) -> ColumnElement[bool]:
    return true() if person.site_id is None else table.site_id == person.site_id


def _by_then(table: Any, person: Person) -> ColumnElement[bool]:
    return true() if person.until is None else table.created_at <= person.until
