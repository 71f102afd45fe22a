"""The rows that public comments are made of. Only approved comments, and stubs above them, are ever selected."""

from typing import Any, cast

from sqlalchemy import Select, and_, or_, select, text
from sqlalchemy.orm import aliased

from comments_service.comments.public import COLUMNS
from comments_service.comments.submit import rendered
from comments_service.content.render import RENDERER_VERSION
from comments_service.storage.tables import Comment

# The bare column: SQLite takes the indexes of what is shown for no other spelling of it.
VISIBLE = text("comments.shown")

_COLUMNS = [getattr(Comment, name) for name in COLUMNS]
_ANSWERED = aliased(Comment, name="answered")
_ANSWERS_ANOTHER = and_(
    _ANSWERED.id == Comment.in_reply_to_id,
    or_(Comment.parent_id.is_(None), Comment.parent_id != Comment.in_reply_to_id),
)


def select_comments(*further: Any) -> "Select[Any]":
    """All columns of a public comment, and whom it answers where that is not the comment above it."""
    answered = (
        _ANSWERED.public_id.label("answered_id"),
        _ANSWERED.name.label("answered_name"),
        _ANSWERED.status.label("answered_status"),
    )
    return select(*_COLUMNS, *answered, *further).outerjoin(_ANSWERED, _ANSWERS_ANOTHER)


def html_of(row: Any) -> str:
    """The stored HTML; made anew where an older renderer made it, so that a sanitiser's fix reaches every comment."""
    return cast(str, row.html) if row.html_version == RENDERER_VERSION else rendered(row.source)
