"""Writes prepared rows into the database, in the caller's transaction. Which rows are new is decided in take_in.py."""

import secrets
from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session

from comments_service.comments.authors import keep_address
from comments_service.comments.submit import JUDGE, judge_key
from comments_service.comments.threads import found_or_made
from comments_service.comments.vote import wilson_lower_bound
from comments_service.content.render import RENDERER_VERSION
from comments_service.importers.parts import PartsStore
from comments_service.importers.places import Standing, place_of
from comments_service.importers.prepare import PreparedAddress, PreparedComment, PreparedThread
from comments_service.importers.rows import CommentRow
from comments_service.outbox.enqueue import enqueue
from comments_service.storage.tables import Address, Comment, Thread


class Store:
    """One batch's writing. `finish` must be called last: it makes the public counts true."""

    def __init__(self, session: Session, site_id: int, now: datetime) -> None:
        self._session, self._site_id, self._now = session, site_id, now
        self._parts = PartsStore(session, site_id)
        self._published_below: Counter[int] = Counter()
        self._published_in: Counter[int] = Counter()

    def add_thread(self, thread: PreparedThread) -> int:
        """Store a new thread; its id."""
        stored = found_or_made(self._session, self._site_id, thread.url, thread.title, thread.row.created_at)
        stored.open = not thread.row.closed
        return stored.id

    def add_comment(
        self, comment: PreparedComment, thread_id: int, parent: Standing | None, answered: Standing | None
    ) -> Standing:
        """Store a new comment with what hangs below it, and ask for a judgement where one is due."""
        place = place_of(parent, answered)
        values = self._comment_values(comment) | vars(place) | {"thread_id": thread_id}
        comment_id = self._session.scalar(insert(Comment).values(**values).returning(Comment.id))
        assert comment_id is not None
        self._parts.add(comment_id, comment)
        if values["awaits"] == "machine":
            enqueue(self._session, JUDGE, judge_key(comment_id, comment.row.revision), {}, self._now)
        if comment.row.status == "approved":
            self._published_in[thread_id] += 1
            self._published_below.update(int(part) for part in place.ancestors.split(".") if part)
        return Standing(comment_id, self._site_id, thread_id, place)

    def finish(self) -> None:
        """Write what hangs below the comments, and the counts that readers see."""
        self._parts.finish()
        self._count(
            update(Comment)
            .where(Comment.id == bindparam("of"))
            .values(approved_descendants=Comment.approved_descendants + bindparam("more"), shown=True),
            self._published_below,
        )
        self._count(
            update(Thread)
            .where(Thread.id == bindparam("of"))
            .values(count=Thread.count + bindparam("more"), version=Thread.version + 1),
            self._published_in,
        )

    def _count(self, statement: Any, counted: Counter[int]) -> None:
        if counted:
            # By id, so that two transactions that count in the same rows never wait for each other in a circle.
            rows = [{"of": row_id, "more": more} for row_id, more in sorted(counted.items())]
            self._session.connection().execute(statement, rows)

    def _comment_values(self, comment: PreparedComment) -> dict[str, Any]:
        row = comment.row
        return {
            "public_id": row.id,
            "site_id": self._site_id,
            "name": comment.name,
            "website": comment.website,
            "avatar": row.avatar or secrets.token_hex(4),
            "badge": row.badge,
            "address_id": self._address_id(comment.address, row.created_at),
            "source": comment.source,
            "html": comment.html,
            "html_version": RENDERER_VERSION,
            "text_digest": comment.digest,
            "language": row.language,
            "status": row.status,
            "awaits": awaited(row),
            "shown": row.status == "approved",
            "revision": row.revision,
            "notify": row.notify and comment.address is not None,
            "up": row.up,
            "down": row.down,
            "rank": wilson_lower_bound(row.up, row.down),
            "reports": row.report_count,
            "created_at": row.created_at,
            "edited_at": row.edited_at,
            "decided_at": row.decided_at,
        }

    def _address_id(self, address: PreparedAddress | None, at: datetime) -> int | None:
        if address is None:
            return None
        address_id = keep_address(self._session, self._site_id, address.blind_index, address.sealed, at)
        if address.verified_at is not None:
            self._session.execute(
                update(Address)
                .where(Address.id == address_id, Address.verified_at.is_(None))
                .values(verified_at=address.verified_at)
                .execution_options(synchronize_session=False)
            )
        return address_id


def awaited(row: CommentRow) -> str:
    """Who acts next on an imported comment: a machine judges a revision once, and never after a person has."""
    judged = any(step.actor in {"machine", "moderator"} and step.revision == row.revision for step in row.decisions)
    if row.status == "pending":
        return "human" if judged else "machine"
    published_first = bool(row.decisions) and row.decisions[-1].action == "publish"
    return "machine" if row.status == "approved" and published_first and not judged else "nobody"
