"""What has become a moderator's business since a moment: comments that wait, were reported, drew a notice, or that a
colleague brought to them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, literal, select, true
from sqlalchemy.orm import Session

from comments_service.storage.tables import Assignment, Comment, Mention, Moderator, Note, Notice, Report

_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class News:
    """One comment that became a moderator's business at a moment; `cause` is one of storage's LINK_CAUSES."""

    comment_id: int
    revision: int
    cause: str
    at: datetime


def news_since(session: Session, moderator: Moderator, about: Collection[str], since: datetime) -> list[News]:
    """What happened after `since` on the moderator's site or sites, oldest first, at most a few dozen.

    `about` are the kinds that count, as in `mail_choice.ABOUT`.
    """
    of_site = _of(moderator.site_id)
    sources = (
        ("waiting", _waiting(of_site, since)),
        ("reported", _reported(of_site, since)),
        ("notices", _noticed(of_site, since)),
        ("colleagues", _assigned(of_site, since, moderator.id)),
        ("colleagues", _mentioned(of_site, since, moderator.id)),
    )
    found = [
        News(*row) for kind, statement in sources if kind in about for row in session.execute(statement.limit(_AT_ONCE))
    ]
    return sorted(found, key=lambda news: (news.at, news.comment_id))


def _waiting(of_site: ColumnElement[bool], since: datetime) -> "Select[int, int, str, datetime]":
    # A comment begins to wait when the machine holds it (`decided_at`), or when it came, where nothing judged it.
    began = func.coalesce(Comment.decided_at, Comment.created_at, type_=Comment.created_at.type)
    return (
        select(Comment.id, Comment.revision, _cause("waiting"), began)
        # Of a wave there is one mail of its own.
        .where(of_site, Comment.status == "pending", Comment.awaits == "human", began > since)
        .where(Comment.wave_id.is_(None))
        .order_by(began, Comment.id)
    )


def _reported(of_site: ColumnElement[bool], since: datetime) -> "Select[int, int, str, datetime]":
    """Reports of what readers see; what is pending waits anyway."""
    return (
        select(Comment.id, Comment.revision, _cause("reported"), Report.created_at)
        .join(Comment, Comment.id == Report.comment_id)
        .where(of_site, Report.settled_at.is_(None), Report.created_at > since, Comment.status == "approved")
        .order_by(Report.created_at, Report.id)
    )


def _noticed(of_site: ColumnElement[bool], since: datetime) -> "Select[int, int, str, datetime]":
    return (
        select(Comment.id, Comment.revision, _cause("notice"), Notice.created_at)
        .join(Comment, Comment.id == Notice.comment_id)
        .where(of_site, Notice.settled_at.is_(None), Notice.created_at > since, Comment.status != "deleted")
        .order_by(Notice.created_at, Notice.id)
    )


def _assigned(of_site: ColumnElement[bool], since: datetime, moderator_id: int) -> "Select[int, int, str, datetime]":
    """What colleagues gave to the moderator; what they took on themselves is no news to them."""
    return (
        select(Comment.id, Comment.revision, _cause("assigned"), Assignment.created_at)
        .join(Comment, Comment.id == Assignment.comment_id)
        .where(
            of_site,
            Assignment.moderator_id == moderator_id,
            Assignment.assigned_by != moderator_id,
            Assignment.settled_at.is_(None),
            Assignment.created_at > since,
        )
        .order_by(Assignment.created_at, Assignment.id)
    )


def _mentioned(of_site: ColumnElement[bool], since: datetime, moderator_id: int) -> "Select[int, int, str, datetime]":
    return (
        select(Comment.id, Comment.revision, _cause("mention"), Mention.created_at)
        .join(Note, Note.id == Mention.note_id)
        .join(Comment, Comment.id == Note.comment_id)
        .where(of_site, Mention.moderator_id == moderator_id, Mention.read_at.is_(None), Mention.created_at > since)
        .order_by(Mention.created_at, Mention.id)
    )


def _cause(code: str) -> ColumnElement[str]:
    return literal(code)


def _of(site_id: int | None) -> ColumnElement[bool]:
    return true() if site_id is None else Comment.site_id == site_id
