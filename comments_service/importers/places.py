"""Where imported comments hang, and what is known already: looked up for a whole batch at a time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from comments_service.comments.places import Place
from comments_service.storage.tables import Comment, Thread

DEEPEST = 50  # the most that a site's max_depth can be; deeper replies join this level


@dataclass(frozen=True)
class Standing:
    """A stored comment, as far as replies to it need to know."""

    id: int
    site_id: int
    thread_id: int
    place: Place


def standing(session: Session, public_ids: Iterable[str]) -> dict[str, Standing]:
    """The stored comments among `public_ids`, of every site: a public id is unique in the whole installation."""
    statement = select(
        Comment.public_id,
        Comment.id,
        Comment.site_id,
        Comment.thread_id,
        Comment.parent_id,
        Comment.in_reply_to_id,
        Comment.root_id,
        Comment.ancestors,
        Comment.depth,
    ).where(Comment.public_id.in_(list(public_ids)))
    return {row[0]: Standing(row[1], row[2], row[3], Place(*row[4:])) for row in session.execute(statement)}


def threads_by_url(session: Session, site_id: int, urls: Iterable[str]) -> dict[str, int]:
    """Ids of the site's threads among these canonical URLs."""
    statement = select(Thread.url, Thread.id).where(Thread.site_id == site_id, Thread.url.in_(list(urls)))
    return {row.url: row.id for row in session.execute(statement)}


def place_of(parent: Standing | None, answered: Standing | None) -> Place:
    """The place below `parent`; `answered` is whom the comment answers where that is another one."""
    if parent is None:
        return Place(in_reply_to_id=answered.id if answered else None)
    answered = answered or parent
    up = parent.place
    if up.depth >= DEEPEST:
        return Place(up.parent_id, answered.id, up.root_id, up.ancestors, up.depth)
    ancestors = f"{up.ancestors}.{parent.id}" if up.ancestors else str(parent.id)
    return Place(parent.id, answered.id, up.root_id or parent.id, ancestors, up.depth + 1)


def in_same_thread(known: Mapping[str, Standing], public_id: str | None, thread_id: int) -> Standing | None:
    """The comment `public_id` where it stands in this thread."""
    found = known.get(public_id) if public_id else None
    return found if found is not None and found.thread_id == thread_id else None
