"""Assigning comments to colleagues: who is asked to decide. Everybody else may decide too; a decision discharges it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, or_, select, update
from sqlalchemy.orm import Session, aliased

from comments_service.moderation.chosen import CONFLICT, Result, conflict, for_each
from comments_service.moderation.opinions import Eyes
from comments_service.moderation.permissions import SiteIds
from comments_service.moderation.transitions import LIVE
from comments_service.storage.tables import Assignment, Comment, Moderator
from comments_service.storage.upsert import insert_row

ASSIGNED, UNASSIGNED, ELSEWHERE = "assigned", "unassigned", "elsewhere"
_DECIDERS = ("trainee", "moderator", "editor", "owner")


class NoSuchColleague(Exception):
    """Nobody of this login may decide about comments on these sites."""

    def __init__(self, login: str) -> None:
        super().__init__(f"Nobody of the login {login!r} decides about comments on your sites.")


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody to whom a comment can be assigned. `site_id` None: on every site."""

    id: int
    login: str
    name: str
    site_id: int | None


@dataclass(frozen=True, slots=True)
class Assigned:
    """To whom a comment is assigned, and by whom; both names."""

    moderator_id: int
    name: str
    by: str
    created_at: datetime


def assign_many(
    session: Session, ids: Sequence[str], login: str, *, assigned_by: int, site_ids: SiteIds, now: datetime
) -> list[Result]:
    """Assign each comment to the colleague of this login, in place of whoever had it: "assigned", missing or conflict.

    A comment of a site that the colleague does not look after is a conflict (`why` is elsewhere). Raises
    NoSuchColleague.
    """
    colleague = next((one for one in colleagues(session, site_ids) if one.login == login), None)
    if colleague is None:
        raise NoSuchColleague(login)

    def one(comment: Comment) -> Result:
        if colleague.site_id not in (None, comment.site_id):
            return Result(comment.public_id, CONFLICT, comment.status, why=ELSEWHERE)
        if comment.status not in LIVE:
            return conflict(session, comment, "decided")
        _discharge(session, comment.id, now)
        row = {"comment_id": comment.id, "moderator_id": colleague.id, "assigned_by": assigned_by, "created_at": now}
        insert_row(session, Assignment, row)
        return Result(comment.public_id, ASSIGNED, comment.status)

    return for_each(session, ids, site_ids, one)


def unassign_many(session: Session, ids: Sequence[str], *, site_ids: SiteIds, now: datetime) -> list[Result]:
    """Let each comment be nobody's in particular again."""

    def one(comment: Comment) -> Result:
        _discharge(session, comment.id, now)
        return Result(comment.public_id, UNASSIGNED, comment.status)

    return for_each(session, ids, site_ids, one)


def colleagues(session: Session, site_ids: SiteIds) -> list[Colleague]:
    """Who may decide, or propose, on any of these sites; by name."""
    covers = or_(Moderator.site_id.is_(None), Moderator.site_id.in_(site_ids))
    statement = (
        select(Moderator.id, Moderator.login, Moderator.name, Moderator.site_id)
        .where(covers, ~Moderator.disabled, Moderator.role.in_(_DECIDERS))
        .order_by(Moderator.name, Moderator.id)
    )
    return [Colleague(*row) for row in session.execute(statement)]


def assigned_at(session: Session, public_ids: Sequence[str]) -> dict[str, Assigned]:
    """To whom each of these comments is assigned, by public id; those of nobody are left out."""
    giver = aliased(Moderator)
    statement = (
        select(Comment.public_id, Moderator.id, Moderator.name, giver.name.label("giver"), Assignment.created_at)
        .join(Comment, Comment.id == Assignment.comment_id)
        .join(Moderator, Moderator.id == Assignment.moderator_id)
        .join(giver, giver.id == Assignment.assigned_by)
        .where(Comment.public_id.in_(public_ids), Assignment.settled_at.is_(None))
    )
    return {row.public_id: Assigned(row.id, row.name, row.giver, row.created_at) for row in session.execute(statement)}


def assigned_ids(eyes: Eyes) -> Select[int]:
    """The comments that this person is asked to decide about, by their ids."""
    open_ones = (Assignment.settled_at.is_(None), Assignment.moderator_id == eyes.moderator_id)
    return select(Assignment.comment_id).where(*open_ones)


def _discharge(session: Session, comment_id: int, now: datetime) -> None:
    still_open = (Assignment.comment_id == comment_id, Assignment.settled_at.is_(None))
    session.execute(update(Assignment).where(*still_open).values(settled_at=now))
