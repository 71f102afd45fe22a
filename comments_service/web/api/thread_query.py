"""What a reader asks of a thread: the query of `GET …/comments`, checked. Each wrong parameter is named."""

from dataclasses import dataclass

from flask import request

from comments_service.comments.read import SORTS
from comments_service.content.links import InvalidURL, canonical_url
from comments_service.screening.evidence import FieldError
from comments_service.web.problems import Problem
from comments_service.web.sites import is_public_id

MOST = 100
DESCRIPTION = {
    "url": "The article's canonical URL (required).",
    "sort": "oldest (default), newest or top.",
    "cursor": "`next_cursor` or `previous_cursor` of an earlier answer, or a comment's `replies_cursor`.",
    "limit": "Top-level comments in one answer, 1 to 100 (default 50).",
    "parent": "Only replies of this comment; goes with its `replies_cursor`.",
    "focus": "A comment's id: the page that holds it, with all that it answers. The first page if it is not shown.",
    "newer": "`thread.newest` of an earlier answer: the comments that became visible since, flat, at most 100.",
}
# Each of these chooses the comments in its own way.
_CHOICES = ("cursor", "parent"), ("focus",), ("newer",)


@dataclass(frozen=True, slots=True)
class ThreadQuery:
    """One question. `url` is canonical; "" stands for what was not asked."""

    url: str
    sort: str
    limit: int
    cursor: str
    parent: str
    focus: str
    newer: str


def asked() -> ThreadQuery:
    """The request's question. Raises Problem 422."""
    url, sort, limit = requested_url(), _sort(), _limit()
    cursor, parent, focus, newer = (request.args.get(name, "") for name in ("cursor", "parent", "focus", "newer"))
    if parent and not is_public_id(parent):
        raise wrong("parent", "unknown", "There is no such comment.")
    chosen = [names for names in _CHOICES if any(request.args.get(name) for name in names)]
    if len(chosen) > 1:
        raise wrong(chosen[1][0], "not_together", "Use only one of cursor, focus and newer; parent goes with cursor.")
    return ThreadQuery(url, sort, limit, cursor, parent, focus if is_public_id(focus) else "", newer)


def requested_url() -> str:
    """The canonical URL that the request asks about. Raises Problem 422."""
    try:
        return canonical_url(request.args.get("url", ""))
    except InvalidURL as error:
        raise wrong("url", error.code, error.message) from None


def wrong(field: str, code: str, message: str) -> Problem:
    """The answer to a question with one wrong parameter."""
    return Problem(422, "fields", "Some parameters need another look.", [FieldError(field, code, message)])


def _sort() -> str:
    sort = request.args.get("sort", "oldest")
    if sort not in SORTS:
        raise wrong("sort", "unknown", f"Use one of {', '.join(SORTS)}.")
    return sort


def _limit() -> int:
    text = request.args.get("limit", "50")
    if not text.isascii() or not text.isdigit() or len(text) > 4 or not 1 <= int(text) <= MOST:
        raise wrong("limit", "out_of_range", f"Use a number from 1 to {MOST}.")
    return int(text)
