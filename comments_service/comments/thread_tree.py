"""Nests rows into the contract's Comments, without recursion: depth is bounded by a setting, not by Python's stack."""

from collections.abc import Callable, Sequence
from typing import Any

from comments_service.comments.cursors import encode
from comments_service.comments.public import in_reply_to, public_comment, stub


def tree(
    top: Sequence[Any],
    replies: Sequence[Any],
    parent: str | None,
    html_of: Callable[[Any], str],
    most: int,
) -> list[dict[str, Any]]:
    """Comments of `top` in their order, with `replies` (oldest first, each with `siblings`) nested below them.

    `parent` is the public id that the top rows hang below. A comment with more replies than are here gets the cursor
    of those after the first `most`.
    """
    public_ids = {row.id: row.public_id for row in [*top, *replies]}
    children: dict[int, list[Any]] = {}
    for row in replies:
        children.setdefault(row.parent_id, []).append(row)
    finished: dict[int, dict[str, Any]] = {}
    # Deepest first, so that every reply is finished before the comment that holds it.
    for row in _deepest_first([*top, *replies], children):
        below = children.get(row.id, [])
        nested = [finished[reply.id] for reply in below]
        total = below[0].siblings if below else 0
        up = public_ids.get(row.parent_id, parent)
        if row.status != "approved":
            finished[row.id] = stub(row, up, nested, total)
            continue
        rest = _rest_of(below, total, most)
        finished[row.id] = public_comment(row, html_of(row), up, nested, total, rest, in_reply_to(row))
    return [finished[row.id] for row in top]


def _rest_of(below: Sequence[Any], total: int, most: int) -> str | None:
    """The cursor after the `most` replies that come first; one more may stand there because it was asked for."""
    if total <= len(below):
        return None
    last = below[:most][-1]
    return encode("oldest", last.created_at, last.id)


def _deepest_first(rows: Sequence[Any], children: dict[int, list[Any]]) -> list[Any]:
    known = {row.id for row in rows}
    level = [row for row in rows if row.parent_id not in known]
    order: list[Any] = []
    while level:
        order += level
        level = [reply for row in level for reply in children.get(row.id, [])]
    return order[::-1]
