"""A comment's public face: the one serialiser, a closed list of fields. What is not named here is never public."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from comments_service.privacy.hide import hide_addresses


class CommentRow(Protocol):
    """The columns that a public comment is made of; no other column is ever read for it."""

    id: int
    public_id: str
    parent_id: int | None
    status: str
    name: str
    website: str
    avatar: str
    badge: str
    html: str
    created_at: datetime
    edited_at: datetime | None
    up: int
    down: int


class AnsweredRow(Protocol):
    """The comment that a reply answers where it is not the one above it; all None where there is no such."""

    answered_id: str | None
    answered_name: str | None
    answered_status: str | None


COLUMNS = (
    "id",
    "public_id",
    "parent_id",
    "root_id",
    "status",
    "name",
    "website",
    "avatar",
    "badge",
    "html",
    "html_version",
    "source",
    "created_at",
    "edited_at",
    "up",
    "down",
)


class ThreadRow(Protocol):
    """The columns that a thread's public title is made of."""

    title: str
    count: int


def public_title(thread: ThreadRow | None) -> str:
    """An article's title for readers: without addresses, and empty while nothing is approved.

    The first comment's sender brought it, so until a comment of the thread is shown it is one more unchecked text.
    """
    return hide_addresses(thread.title) if thread is not None and thread.count > 0 else ""


def iso(moment: datetime) -> str:
    """A moment as RFC 3339 in UTC, to the second."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def in_reply_to(row: AnsweredRow) -> dict[str, str] | None:
    """Whom a reply answers where the tree does not say it (a site's depth is bounded). Who is hidden has no name."""
    if row.answered_id is None:
        return None
    named = row.answered_status == "approved"
    return {"id": row.answered_id, "name": hide_addresses(row.answered_name or "") if named else ""}


def public_comment(
    row: CommentRow,
    html: str,
    parent: str | None,
    replies: Sequence[dict[str, Any]],
    reply_count: int,
    replies_cursor: str | None = None,
    answered: dict[str, str] | None = None,
) -> dict[str, Any]:
    """The contract's Comment of an approved comment (or of one shown to its own author); `answered` by in_reply_to."""
    author: dict[str, Any] = {"name": hide_addresses(row.name), "avatar": row.avatar}
    if row.website:
        author["website"] = row.website
    if row.badge:
        author["badge"] = row.badge
    comment: dict[str, Any] = {
        "id": row.public_id,
        "parent_id": parent,
        "author": author,
        "html": html,
        "created_at": iso(row.created_at),
        "votes": {"up": row.up, "down": row.down},
        "replies": list(replies),
        "reply_count": reply_count,
    }
    if row.edited_at is not None:
        comment["edited_at"] = iso(row.edited_at)
    if answered is not None:
        comment["in_reply_to"] = answered
    if replies_cursor is not None:
        comment["replies_cursor"] = replies_cursor
    return comment


def stub(row: CommentRow, parent: str | None, replies: Sequence[dict[str, Any]], reply_count: int) -> dict[str, Any]:
    """What stands where a removed comment stood above approved replies: nothing of its author or text."""
    return {
        "id": row.public_id,
        "parent_id": parent,
        "author": {"name": "", "avatar": ""},
        "html": "",
        "created_at": iso(row.created_at),
        "votes": {"up": 0, "down": 0},
        "replies": list(replies),
        "reply_count": reply_count,
        "removed": True,
    }
