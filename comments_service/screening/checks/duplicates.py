"""The same text from the same author again: by mistake (a double click) or by a program."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from comments_service.screening.checks.words import folded
from comments_service.screening.evidence import HOLD, PASS, Finding, Refused
from comments_service.storage.tables import Comment
from comments_service.storage.types import Moment

_MOST_LOOKED_AT = 1000
_SAME_TEXT = (
    select(Comment.thread_id, Comment.address_id, Comment.network_digest)
    .where(
        Comment.site_id == bindparam("site"),
        Comment.text_digest == bindparam("digest"),
        Comment.created_at > bindparam("since", type_=Moment),
        Comment.status != "deleted",
        Comment.id != bindparam("besides"),
    )
    .limit(_MOST_LOOKED_AT)
)


def text_digest(body: str) -> str:
    """SHA-256 of the folded text: changes of case, width or spacing do not make a new text."""
    return hashlib.sha256(folded(body).encode()).hexdigest()


def check_duplicate(
    session: Session,
    *,
    site_id: int,
    thread_id: int | None,
    digest: str,
    address_id: int | None,
    network_digest: str | None,
    since: timedelta,
    most: int,
    now: datetime,
    besides: int | None = None,
) -> Finding:
    """Refuse the same author's same text in the same thread; note the same text elsewhere on the site.

    `besides` is the comment that is being edited: it does not repeat itself.
    """
    asked = {"site": site_id, "digest": digest, "since": now - since, "besides": besides or 0}
    rows = session.connection().execute(_SAME_TEXT, asked).all()
    for row in rows:
        # Neighbours in one network may both say "Thanks!": the network speaks only for those without an address.
        same_network = network_digest is not None and row.network_digest == network_digest
        same_author = same_network if address_id is None else row.address_id == address_id
        if same_author and row.thread_id == thread_id:
            raise Refused("duplicate", "It looks as though you have already said that here.")
    if len(rows) >= most:
        return Finding("repetition", HOLD, f"The same text was sent {len(rows)} times on this site lately.")
    return Finding("repetition", PASS)
