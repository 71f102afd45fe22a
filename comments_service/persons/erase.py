"""Erases a person: comments become empty places, everything else about the person goes (GDPR Art. 17).

The comment's row stays, since the log of decisions refers to it and replies may hang below it; nothing of its author
or text is left in it. A few comments at a time, each lot in one transaction, so that nobody waits for a long erasure.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, String, cast, delete, func, literal, or_, select, update
from sqlalchemy.orm import Session, aliased

from comments_service.moderation.transitions import MODERATOR
from comments_service.notifications.ended import forget_follow
from comments_service.persons.empty import empty_comments
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
from comments_service.storage.tables import (
    Address,
    Ban,
    Comment,
    Decision,
    Follow,
    MailTry,
    Notice,
    OutboxRow,
    Site,
)

_AT_ONCE = 100  # comments in one transaction: about a tenth of a second


class Means(Protocol):
    """What erasing needs of its process; `runtime.Runtime` has it."""

    @property
    def clock(self) -> Callable[[], datetime]: ...
    def transaction(self) -> AbstractContextManager[Session]: ...
    def reading(self) -> AbstractContextManager[Session]: ...


@dataclass(frozen=True, slots=True)
class Erased:
    """How many rows of each kind were erased, or would be. `stubs` of `comments` stand on above approved replies.

    `decisions` and `bans` are what stays; `taught` are the sites with a decision that a model may have learned from.
    """

    comments: int
    stubs: int
    addresses: int
    follows: int
    notices: int
    mails: int
    decisions: int
    bans: int
    taught: tuple[str, ...]

    @property
    def anything(self) -> bool:
        return any((self.comments, self.addresses, self.follows, self.notices))


def look_at(session: Session, person: Person) -> Erased:
    """What `erase` would do now; changes nothing."""
    comments = select(Comment.id).where(is_comment(person))
    return Erased(
        comments=_count(session, Comment, is_comment(person)),
        stubs=_count(session, Comment, is_comment(person), _stands_above_others(person)),
        addresses=_count(session, Address, is_address(person)),
        follows=_count(session, Follow, is_follow(person)),
        notices=_count(session, Notice, is_notice(person)),
        mails=len(mails_to(session, person)),
        decisions=_count(session, Decision, Decision.comment_id.in_(comments)),
        bans=_count(session, Ban, is_ban(person)),
        taught=tuple(session.scalars(select(Site.key).where(Site.id.in_(_taught(comments))).order_by(Site.key))),
    )


def erase(means: Means, person: Person, *, at: datetime, tell: Callable[[int], None] = lambda _: None) -> Erased:
    """Erase what there is of `person`; what it was. `at` is the erasure's moment, `tell` hears how many are done.

    May be broken off and begun again. What the person writes while it runs may stay, and is then written after it.
    """
    with means.reading() as session:
        found = look_at(session, person)
        waiting = list(session.scalars(select(Comment.id).where(is_comment(person)).order_by(Comment.id)))
    done = 0
    for lot in _lots(waiting):
        with means.transaction() as session:
            _erase_comments(session, lot, at, means.clock())
        tell(done := done + len(lot))
    with means.transaction() as session:
        late = _lock_and_look(session, person)
        _erase_comments(session, late, at, means.clock())
        rest = _erase_rest(session, person)
        erased = [*dict.fromkeys([*waiting, *late])]
        stubs = sum(_count(session, Comment, Comment.id.in_(lot), Comment.shown.is_(True)) for lot in _lots(erased))
    return Erased(
        comments=len(erased),
        stubs=stubs,
        decisions=found.decisions,
        bans=found.bans,
        taught=found.taught,
        **rest,
    )


def _lots(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for begin in range(0, len(ids), _AT_ONCE):
        yield ids[begin : begin + _AT_ONCE]


def _lock_and_look(session: Session, person: Person) -> list[int]:
    """Comments that came in while the others were erased. From here on nobody can refer to the addresses any more."""
    session.execute(select(Address.id).where(is_address(person)).order_by(Address.id).with_for_update()).all()
    return list(session.scalars(select(Comment.id).where(is_comment(person))))


def _erase_comments(session: Session, ids: Sequence[int], at: datetime, now: datetime) -> None:
    if not ids:
        return
    taught = _taught(select(Comment.id).where(Comment.id.in_(ids)))
    later = or_(Site.unlearn_at.is_(None), Site.unlearn_at < at)
    _changed(session, update(Site).where(Site.id.in_(taught), later).values(unlearn_at=at))
    empty_comments(session, ids, now)


def _erase_rest(session: Session, person: Person) -> dict[str, int]:
    mails = [row.id for row in mails_to(session, person)]
    _changed(session, delete(MailTry).where(is_mail_try(person)))
    follows = session.scalars(select(Follow.public_id).where(is_follow(person))).all()
    for public_id in follows:
        forget_follow(session, public_id)
    nobody = {"notifier": Notice.reference, "sealed": None, "name": "", "explanation": "", "law": ""}
    # An address that a comment written later refers to is that comment's.
    unused = ~select(Comment.id).where(Comment.address_id == Address.id).exists()
    return {
        "mails": _changed(session, delete(OutboxRow).where(OutboxRow.id.in_(mails))),
        "follows": len(follows),
        # That something was reported and what became of it stays: the law asks for it. Who reported it goes.
        "notices": _changed(session, update(Notice).where(is_notice(person)).values(**nobody)),
        "addresses": _changed(session, delete(Address).where(is_address(person), unused)),
    }


def _stands_above_others(person: Person) -> ColumnElement[bool]:
    """Condition: an approved comment of somebody else hangs below this one."""
    below = aliased(Comment)
    own = select(Comment.id).where(is_comment(person))
    path = ("." + below.ancestors + ".").like(literal("%.") + cast(Comment.id, String) + ".%")
    of_tree = below.root_id == func.coalesce(Comment.root_id, Comment.id)
    return select(below.id).where(of_tree, path, below.status == "approved", below.id.not_in(own)).exists()


def _taught(comments: Any) -> Any:
    """Ids of sites where a person decided about one of these comments."""
    return select(Decision.site_id).where(Decision.comment_id.in_(comments), Decision.actor == MODERATOR)


def _count(session: Session, table: Any, *conditions: Any) -> int:
    return session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0


def _changed(session: Session, statement: Any) -> int:
    result: Any = session.execute(statement.execution_options(synchronize_session=False))
    return int(result.rowcount)
