"""A moderator's change to a comment's text, with its trace: who, when, and what the text was before."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from comments_service.moderation.chosen import Seen
from comments_service.moderation.decide import Conflict, Decided, NoSuchComment, decide
from comments_service.moderation.marking import hide_and_mark
from comments_service.moderation.passages import cut_links, is_masked
from comments_service.moderation.permissions import SiteIds, of_sites
from comments_service.moderation.revising import put_text
from comments_service.moderation.transitions import MODERATOR
from comments_service.privacy.hide import hide_addresses
from comments_service.storage.locks import lock_threads
from comments_service.storage.tables import Comment, Revision

SAME, TAKEN, PUT = "same", "taken", "put"
_WORDS = re.compile(r"\s+|[^\s]+")
_MOST_TEXTS = 20  # of one comment, the latest


class NotMasked(Exception):
    """The text is not the comment's own with passages taken out. `same` says that nothing was taken out at all."""

    def __init__(self, *, same: bool) -> None:
        super().__init__("nothing was taken out" if same else "something was put in or changed")
        self.same = same


@dataclass(frozen=True, slots=True)
class FormerText:
    """One change of a comment's text: `pieces` of before and after, each (same, taken or put; text)."""

    revision: int
    written_by: str
    created_at: datetime
    pieces: tuple[tuple[str, str], ...]


def editable(source: str) -> str:
    """A comment's text as a moderator gets it for editing: addresses hidden, as readers get it."""
    return hide_and_mark(_lines(source), ()).text


def edit_text(
    session: Session,
    public_id: str,
    text: str,
    *,
    links: bool,
    publish: bool,
    seen: Seen | None,
    moderator_id: int,
    site_ids: SiteIds,
    now: datetime,
    note: str = "",
) -> Decided:
    """Put `text` in place of a comment's own, of which it may only leave out passages (`passages.MARK`).

    `links`: cut all links as well. `publish`: readers see it from now on; else its status stays. One decision, whose
    undo brings the former text back. Raises NotMasked, NoSuchComment, Conflict.
    """
    comment = _locked(session, public_id, site_ids)
    if seen is not None and (seen.revision, seen.status) != (comment.revision, comment.status):
        raise Conflict(public_id, comment.status, comment.revision)
    before, wanted = editable(comment.source).strip(), _lines(text).strip()
    if not (is_masked(before, wanted) or is_masked(cut_links(before), wanted)):
        raise NotMasked(same=False)
    after = cut_links(wanted) if links else wanted
    if after == before:
        raise NotMasked(same=True)
    put_text(session, comment, after, now=now)
    return decide(
        session,
        comment.id,
        actor=MODERATOR,
        action="edit",
        publish=publish,
        now=now,
        moderator_id=moderator_id,
        note=note,
    )


def former_texts(session: Session, public_id: str, *, site_ids: SiteIds) -> list[FormerText]:
    """How a comment's text changed, oldest first; empty where it never did. Addresses are hidden."""
    rows = session.scalars(
        select(Revision)
        .join(Comment, Comment.id == Revision.comment_id)
        .where(Comment.public_id == public_id, of_sites(Comment.site_id, site_ids))
        .order_by(Revision.revision.desc())
        .limit(_MOST_TEXTS)
    ).all()
    texts = list(reversed(rows))
    return [
        FormerText(after.revision, after.written_by, after.created_at, _pieces(before.source, after.source))
        for before, after in pairwise(texts)
        if before.source != after.source
    ]


def _pieces(before: str, after: str) -> tuple[tuple[str, str], ...]:
    old, new = (_WORDS.findall(hide_addresses(_lines(text))) for text in (before, after))
    found: list[tuple[str, str]] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            found.append((SAME, _joined(old[a:b])))
            continue
        found += [(kind, text) for kind, text in ((TAKEN, _joined(old[a:b])), (PUT, _joined(new[c:d]))) if text]
    return tuple(found)


def _joined(words: Sequence[str]) -> str:
    return "".join(words)


def _locked(session: Session, public_id: str, site_ids: SiteIds) -> Comment:
    mine = (Comment.public_id == public_id, of_sites(Comment.site_id, site_ids))
    lock_threads(session, Comment.public_id == public_id)
    comment = session.scalar(select(Comment).where(*mine).with_for_update(key_share=True))
    if comment is None:
        raise NoSuchComment(f"no comment {public_id}")
    return comment


def _lines(text: str) -> str:
    """Browsers send forms with line ends of their own."""
    return text.replace("\r\n", "\n")
