"""What the database says about comments that were posted: each stored, each decided, none twice."""

from collections.abc import Sequence

from tests.stacks.stack import Stack
from tests.stacks.waiting import until

UNDECIDED = "SELECT count(*) FROM comments WHERE awaits = 'machine'"
DECISIONS = """
    SELECT c.public_id, count(d.id) FROM comments c
    LEFT JOIN decisions d ON d.comment_id = c.id AND d.actor = 'machine' GROUP BY c.public_id
"""
OPEN_WORK = "SELECT count(*) FROM outbox WHERE kind = 'judge' AND done_at IS NULL AND parked_at IS NULL"


def undecided(stack: Stack) -> int:
    """How many comments the machine has yet to decide."""
    return int(stack.rows(UNDECIDED)[0][0])


def stored(stack: Stack) -> set[str]:
    """The ids of all comments on disk."""
    return {row[0] for row in stack.rows("SELECT public_id FROM comments")}


def expect_each_decided_once(stack: Stack, posted: Sequence[str], seconds: float = 90.0) -> None:
    """All that was acknowledged is on disk and gets decided, each comment by one decision, and no work is left."""
    until(lambda: undecided(stack) == 0, f"all decided; the log:\n{stack.log[-3000:]}", seconds)
    until(lambda: stack.rows(OPEN_WORK)[0][0] == 0, "no work is left open", 20)
    decisions = dict(tuple(row) for row in stack.rows(DECISIONS))
    assert {public_id: decisions.get(public_id, 0) for public_id in posted} == dict.fromkeys(posted, 1)
