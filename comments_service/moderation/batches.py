"""What one moderator decides in one go, however much it is: in several transactions, with one name, undone as one.

The decisions themselves are the work of `bulk`, one transaction's worth at a time.
"""

import hashlib
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from comments_service.moderation.chosen import Result
from comments_service.moderation.permissions import SiteIds, of_sites
from comments_service.storage.tables import Comment, Decision

MOST_AT_ONCE = 1000
# Each decision holds the writing lock for about a millisecond, and readers' comments wait meanwhile.
A_TRANSACTION = 50
_BREATH_S = 0.01  # between two transactions: others ask for the lock every few milliseconds

Transactions = Callable[[], AbstractContextManager[Session]]


def new_batch() -> str:
    """A name for decisions that belong together, which nobody can guess."""
    return secrets.token_hex(12)


def batch_of(moderator_id: int, token: str) -> str:
    """The name for what one moderator sends in several requests under one `token` of their own making.

    Nobody can put a decision into a colleague's batch: the name depends on who sends it.
    """
    return hashlib.sha256(f"{moderator_id}:{token}".encode()).hexdigest()[:24]


def in_turns(
    transactions: Transactions, ids: Sequence[str], act: Callable[[Session, list[str]], list[Result]]
) -> list[Result]:
    """Carry `act` out on all `ids`, A_TRANSACTION in each transaction; results as `bulk` gives them.

    Every transaction is whole by itself: where the process ends in between, the earlier ones stand, with their batch.
    """
    results: list[Result] = []
    for number, part in enumerate(_parts(ids)):
        if number:
            time.sleep(_BREATH_S)
        with transactions() as session:
            results += act(session, part)
    return results


def _parts(ids: Sequence[str]) -> Iterator[list[str]]:
    wanted = list(dict.fromkeys(ids))
    for begin in range(0, len(wanted), A_TRANSACTION):
        yield wanted[begin : begin + A_TRANSACTION]


def decisions_of(session: Session, batch: str, *, site_ids: SiteIds) -> dict[str, int]:
    """The latest decision of a batch about each of its comments, by public id, on these sites; MOST_AT_ONCE at most."""
    rows = session.execute(
        select(Comment.public_id, func.max(Decision.id).label("latest"))
        .join(Comment, Comment.id == Decision.comment_id)
        .where(Decision.batch == batch, of_sites(Decision.site_id, site_ids))
        .group_by(Comment.public_id)
        .order_by(func.max(Decision.id))
        .limit(MOST_AT_ONCE)
    )
    return {row.public_id: row.latest for row in rows}
