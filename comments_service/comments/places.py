"""Where in the tree a reply is: below its parent, or beside it once the site's depth is reached."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from comments_service.comments.public import in_reply_to
from comments_service.screening.evidence import FieldError, Refused
from comments_service.storage.tables import Comment


@dataclass(frozen=True)
class Place:
    """A comment's place. `parent_id` bounds the depth, `in_reply_to_id` keeps whom it really answers."""

    parent_id: int | None = None
    in_reply_to_id: int | None = None
    root_id: int | None = None
    ancestors: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Above:
    """Public ids above one comment: `parent` it hangs below, `answered` whom it answers where that is another."""

    parent: str | None = None
    answered: dict[str, str] | None = None


def above_of(session: Session, comment: Comment) -> Above:
    """What stands above a stored comment."""
    above = aliased(Comment)
    columns = (
        above.id,
        above.public_id.label("answered_id"),
        above.name.label("answered_name"),
        above.status.label("answered_status"),
    )
    ids = {comment.parent_id, comment.in_reply_to_id} - {None}
    if not ids:
        return Above()
    found = {row.id: row for row in session.execute(select(*columns).where(above.id.in_(ids)))}
    parent, answered = found.get(comment.parent_id), found.get(comment.in_reply_to_id)
    return Above(
        parent.answered_id if parent else None,
        in_reply_to(answered) if answered and answered is not parent else None,
    )


def place_below(session: Session, thread_id: int, parent_public_id: str, max_depth: int) -> Place:
    """The place of a reply to `parent_public_id` ("" = top level). Raises Refused: only shown comments are answered."""
    if not parent_public_id:
        return Place()
    parent = session.scalar(
        select(Comment).where(Comment.public_id == parent_public_id, Comment.thread_id == thread_id)
    )
    if parent is None or parent.status != "approved":
        message = "The comment you answer is not there any more. Your text can stand on its own instead."
        raise Refused("fields", message, [FieldError("parent_id", "unknown", message)])
    if parent.depth >= max_depth:
        # Joins the deepest level: a sibling of the comment that it answers.
        return Place(parent.parent_id, parent.id, parent.root_id, parent.ancestors, parent.depth)
    ancestors = f"{parent.ancestors}.{parent.id}" if parent.ancestors else str(parent.id)
    return Place(parent.id, parent.id, parent.root_id or parent.id, ancestors, parent.depth + 1)
