"""Notes of moderators about comments and their authors, and the colleagues whom they name with @LOGIN.

Readers see none of it. What an author has erased takes the notes about it along (`persons`).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, delete, or_, select
from sqlalchemy.orm import Session

from comments_service.moderation.permissions import SiteIds, of_sites
from comments_service.privacy.hide import hide_addresses
from comments_service.storage.tables import Comment, Mention, Moderator, Note
from comments_service.storage.upsert import insert_row, insert_rows

ABOUT = ("comment", "author")
LONGEST_NOTE = 2000  # characters
# An address in a text names nobody: there a letter stands before the sign.
_MENTION = re.compile(r"(?<![\w.@-])@([A-Za-z0-9][A-Za-z0-9._-]{0,63})")
_MOST_MENTIONS = 20


class NoteError(ValueError):
    """A note that cannot be kept; the text says why, for its writer."""


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One note as moderators read it. `by` is a name; addresses in the body are hidden."""

    id: int
    about: str
    body: str
    by: str
    moderator_id: int
    created_at: datetime


def add_note(
    session: Session,
    public_id: str,
    body: str,
    *,
    about: str,
    moderator_id: int,
    site_ids: SiteIds,
    now: datetime,
) -> NoteLine | None:
    """Keep a note at a comment and tell the colleagues whom it names; None where there is no such comment on the sites.

    Only colleagues who see the comment's site are told; other names stay plain words. Raises NoteError.
    """
    body = body.replace("\0", "").strip()
    if not body:
        raise NoteError("A note needs some words.")
    if len(body) > LONGEST_NOTE:
        raise NoteError(f"A note has at most {LONGEST_NOTE} characters; this one has {len(body)}.")
    found = select(Comment).where(Comment.public_id == public_id, of_sites(Comment.site_id, site_ids))
    # Held fast: an erasure that runs meanwhile takes the note along, or comes first and leaves no comment to note.
    comment = session.scalar(found.with_for_update(key_share=True))
    if comment is None:
        return None
    row = {
        "site_id": comment.site_id,
        "about": about,
        "comment_id": comment.id,
        "address_id": comment.address_id if about == "author" else None,
        "body": body,
        "moderator_id": moderator_id,
        "created_at": now,
    }
    note_id = insert_row(session, Note, row)
    named = [person for person in _named(session, body, comment.site_id) if person != moderator_id]
    mentions = [
        {"note_id": note_id, "moderator_id": person, "created_at": now, "read_at": None} for person in sorted(named)
    ]
    insert_rows(session, Mention, mentions)
    return _line(*session.execute(_lines().where(Note.id == note_id)).one())


def remove_note(session: Session, note_id: int, *, moderator_id: int, site_ids: SiteIds) -> bool:
    """Take away a note of one's own, with its mentions; False where there is none of this id."""
    own = (Note.id == note_id, Note.moderator_id == moderator_id, of_sites(Note.site_id, site_ids))
    if session.scalar(select(Note.id).where(*own).with_for_update()) is None:
        return False
    session.execute(delete(Mention).where(Mention.note_id == note_id))
    session.execute(delete(Note).where(Note.id == note_id))
    return True


def notes_at(session: Session, public_ids: Sequence[str]) -> dict[str, list[NoteLine]]:
    """The notes about each comment and about its author, the oldest first, by the comment's public id."""
    found: dict[str, list[NoteLine]] = defaultdict(list)
    # Two statements with one index each: joined by either condition, a database would walk through all notes.
    for here in (_about_comment(), _about_author()):
        statement = _lines().add_columns(Comment.public_id).join(Comment, here).where(Comment.public_id.in_(public_ids))
        for note, by, public_id in session.execute(statement.order_by(Note.id)):
            found[public_id].append(_line(note, by))
    return found


def mentioned(body: str) -> list[str]:
    """The logins that a note names, in lower case; a full stop behind one may be the sentence's."""
    raw = [name.casefold() for name in _MENTION.findall(body)[:_MOST_MENTIONS]]
    return list(dict.fromkeys(name for one in raw for name in (one, one.rstrip("._-"))))


def _about_comment() -> ColumnElement[bool]:
    return and_(Note.comment_id == Comment.id, or_(Note.about == "comment", Note.address_id.is_(None)))


def _about_author() -> ColumnElement[bool]:
    return and_(Note.address_id == Comment.address_id, Note.about == "author")


def _named(session: Session, body: str, site_id: int) -> Iterable[int]:
    covers = or_(Moderator.site_id.is_(None), Moderator.site_id == site_id)
    statement = select(Moderator.id).where(Moderator.login.in_(mentioned(body)), ~Moderator.disabled, covers)
    return session.scalars(statement)


def _lines() -> Select[Note, str]:
    return select(Note, Moderator.name).join(Moderator, Moderator.id == Note.moderator_id)


def _line(note: Note, by: str) -> NoteLine:
    return NoteLine(note.id, note.about, hide_addresses(note.body), by, note.moderator_id, note.created_at)
