"""Which rows of the log count: a person's last word about a comment, and the machine's judgement of the same text."""

from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import aliased

from comments_service.storage.tables import Decision


def is_last_word(decision: Any) -> ColumnElement[bool]:
    """A person's decision that stands, with none of a person's after it."""
    later = aliased(Decision)
    superseded = select(later.id).where(later.comment_id == decision.comment_id, later.id > decision.id, stands(later))
    return and_(stands(decision), ~superseded.exists())


def stands(decision: Any) -> ColumnElement[bool]:
    """A person's decision about a comment that was not undone. A change of its text says nothing of what it is."""
    undoing = aliased(Decision)
    undone = select(undoing.id).where(undoing.undo_of == decision.id)
    return and_(
        decision.actor == "moderator",
        decision.action.not_in(("undo", "edit")),
        decision.moderator_id.is_not(None),
        ~undone.exists(),
    )


def is_judgement_of(judged: Any, decision: Any) -> ColumnElement[bool]:
    """`judged` is the machine's decision about the text that `decision` is about; there is one at most."""
    return and_(
        judged.comment_id == decision.comment_id, judged.revision == decision.revision, judged.actor == "machine"
    )
