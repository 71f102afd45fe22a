"""A thread's comments: read a page, post a comment. The own comment's routes are in `own_comments`."""

import json
from datetime import datetime
from typing import Any

from flask import Response, current_app, jsonify, request
from sqlalchemy.orm import Session

from comments_service.comments.cursors import encode_arrival
from comments_service.comments.places import Above, above_of
from comments_service.comments.public import public_title
from comments_service.comments.read import SORTS, BadCursor, Page, page_of
from comments_service.comments.threads import closes_at, find_thread, is_open
from comments_service.content.links import InvalidURL, canonical_url
from comments_service.screening.evidence import FieldError
from comments_service.storage.tables import Thread
from comments_service.web.access import PUBLIC, access
from comments_service.web.answers import Answer, KeptAnswers, Versions, answer_key
from comments_service.web.api.blueprint import blueprint, described
from comments_service.web.api.own_comments import own_view
from comments_service.web.api.parsing import bearer_token, load_body
from comments_service.web.api.schemas import OwnCommentSchema, SubmissionSchema, ThreadPageSchema
from comments_service.web.context import runtime
from comments_service.web.forms import rules_of
from comments_service.web.origins import own_origin, refuse_foreign_writes, share
from comments_service.web.problems import Problem
from comments_service.web.sites import SiteInUse, has_server_key, is_public_id, kept_site, site_in_use
from comments_service.web.submissions import Stored, take_in

KEPT = "comments_kept_answers"
MOST = 100
_SUBMISSION = SubmissionSchema()


@blueprint.route("/sites/<site_key>/comments", methods=["GET"])
@access(PUBLIC)
@described(
    "A page of a thread's approved comments",
    {200: ThreadPageSchema, 304: None},
    {404, 422},
    query={
        "url": "The article's canonical URL (required).",
        "sort": "oldest (default), newest or top.",
        "cursor": "`next_cursor` or a comment's `replies_cursor` of an earlier answer.",
        "limit": "Top-level comments in one answer, 1 to 100 (default 50).",
        "parent": "Only replies of this comment; goes with its `replies_cursor`.",
    },
)
def list_comments(site_key: str) -> Response:
    url, sort, limit, parent = requested_url(), _sort(), _limit(), request.args.get("parent", "")
    if parent and not is_public_id(parent):
        raise _wrong("parent", "unknown", "There is no such comment.")
    with runtime().reading() as session:
        site = site_in_use(session, site_key)
        thread = find_thread(session, site.row.id, url)
        # The versions are read before the page: a change in between makes the kept answer too old, never too new.
        versions = Versions(thread.id, thread.version, site.row.version) if thread else None
        page = _page(session, thread, sort, limit, parent)
        body = _body(site, thread, url, page)
        until = closes_at(thread, site.settings) if thread else None
    answer = Answer(body, versions, _origins(site), _in_future(until))
    kept: KeptAnswers = current_app.extensions[KEPT]
    kept.keep(answer_key(request.environ), answer)
    status, headers, content = answer.choose(request.environ)
    return Response(content, status=status, headers=headers)


@blueprint.route("/sites/<site_key>/comments", methods=["POST"])
@access(PUBLIC)
@described(
    "Post a comment",
    {202: OwnCommentSchema, 201: OwnCommentSchema},
    {400, 403, 404, 409, 413, 422},
    SubmissionSchema,
)
def post_comment(site_key: str) -> Response:
    site = kept_site(site_key)
    refuse_foreign_writes(site.row)
    values, errors = load_body(_SUBMISSION)
    stored = take_in(
        site,
        values,
        errors,
        idempotency_key=request.headers.get("Idempotency-Key", ""),
        trusted=has_server_key(site.row, bearer_token()),
    )
    response = jsonify(_accepted(stored, site))
    response.status_code = 201 if stored.comment.status == "approved" else 202
    response.headers["Cache-Control"] = "no-store"
    return share(response, site.row)


def requested_url() -> str:
    """The canonical URL that the request asks about. Raises Problem 422."""
    try:
        return canonical_url(request.args.get("url", ""))
    except InvalidURL as error:
        raise _wrong("url", error.code, error.message) from None


def _accepted(stored: Stored, site: SiteInUse) -> dict[str, Any]:
    above = Above()
    if stored.comment.in_reply_to_id:
        with runtime().reading() as session:
            above = above_of(session, stored.comment)
    return {**own_view(stored.comment, site, above), "edit_token": stored.edit_token}


def _page(session: Session, thread: Thread | None, sort: str, limit: int, parent: str) -> Page:
    if thread is None:
        return Page([], None)
    try:
        return page_of(session, thread.id, sort=sort, cursor=request.args.get("cursor", ""), limit=limit, below=parent)
    except BadCursor as error:
        raise _wrong("cursor", "unknown", str(error)) from None


def _body(site: SiteInUse, thread: Thread | None, url: str, page: Page) -> bytes:
    about = {
        "url": url,
        "title": public_title(thread),
        "open": is_open(thread, site.settings, runtime().clock()),
        "count": thread.count if thread else 0,
        **rules_of(site),
        "newest": encode_arrival(thread.arrivals if thread else 0),
        "follow": runtime().settings.sends_mail,
    }
    value = {"thread": about, "comments": page.comments, "next_cursor": page.next_cursor}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _origins(site: SiteInUse) -> frozenset[str]:
    return frozenset({*site.row.origins, own_origin(), f"{request.scheme}://{request.host}"})


def _in_future(moment: datetime | None) -> datetime | None:
    return moment if moment is not None and moment > runtime().clock() else None


def _sort() -> str:
    sort = request.args.get("sort", "oldest")
    if sort not in SORTS:
        raise _wrong("sort", "unknown", f"Use one of {', '.join(SORTS)}.")
    return sort


def _limit() -> int:
    text = request.args.get("limit", "50")
    if not text.isascii() or not text.isdigit() or len(text) > 4 or not 1 <= int(text) <= MOST:
        raise _wrong("limit", "out_of_range", f"Use a number from 1 to {MOST}.")
    return int(text)


def _wrong(field: str, code: str, message: str) -> Problem:
    return Problem(422, "fields", "Some parameters need another look.", [FieldError(field, code, message)])
