"""A thread's comments: read a page, post a comment. The own comment's routes are in `own_comments`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, current_app, jsonify, request
from sqlalchemy.orm import Session

from comments_service.comments.arrivals import Arrivals, arrivals_after
from comments_service.comments.cursors import decode_arrival
from comments_service.comments.places import Above, above_of
from comments_service.comments.read import BadCursor, Page, page_of
from comments_service.comments.threads import closes_at, find_thread
from comments_service.storage.tables import Thread
from comments_service.web.access import PUBLIC, access
from comments_service.web.answers import Answer, KeptAnswers, Versions, answer_key
from comments_service.web.api.blueprint import blueprint, described
from comments_service.web.api.own_comments import own_view
from comments_service.web.api.parsing import bearer_token, load_body
from comments_service.web.api.schemas import OwnCommentSchema, SubmissionSchema, ThreadPageSchema
from comments_service.web.api.thread_query import DESCRIPTION, ThreadQuery, asked, wrong
from comments_service.web.context import runtime
from comments_service.web.origins import own_origin, refuse_foreign_writes, share
from comments_service.web.sites import SiteInUse, has_server_key, kept_site, site_in_use
from comments_service.web.submissions import Stored, take_in
from comments_service.web.thread_answer import thread_answer

KEPT = "comments_kept_answers"
_SUBMISSION = SubmissionSchema()


@dataclass(frozen=True, slots=True)
class _Shown:
    """Comments for one answer, and the number of the thread's last arrival that it reaches to."""

    page: Page
    reached: int


@blueprint.route("/sites/<site_key>/comments", methods=["GET"])
@access(PUBLIC)
@described(
    "A page of a thread's approved comments",
    {200: ThreadPageSchema, 304: None},
    {404, 422},
    query=DESCRIPTION,
)
def list_comments(site_key: str) -> Response:
    query = asked()
    with runtime().reading() as session:
        site = site_in_use(session, site_key)
        thread = find_thread(session, site.row.id, query.url)
        # The versions are read before the page: a change in between makes the kept answer too old, never too new.
        versions = Versions(thread.id, thread.version, site.row.version) if thread else None
        shown = _shown(session, thread, query)
        body = thread_answer(site, thread, query.url, shown.page, shown.reached)
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


def _accepted(stored: Stored, site: SiteInUse) -> dict[str, Any]:
    above = Above()
    if stored.comment.in_reply_to_id:
        with runtime().reading() as session:
            above = above_of(session, stored.comment)
    return {**own_view(stored.comment, site, above), "edit_token": stored.edit_token}


def _shown(session: Session, thread: Thread | None, query: ThreadQuery) -> _Shown:
    """The comments that the question is about. Raises Problem 422 for a cursor that is not ours."""
    reached = thread.arrivals if thread else 0
    try:
        if query.newer:
            return _newer(session, thread, decode_arrival(query.newer))
        if thread is None:
            return _Shown(Page([], None), reached)
        page = page_of(
            session,
            thread.id,
            sort=query.sort,
            cursor=query.cursor,
            limit=query.limit,
            below=query.parent,
            focus=query.focus,
        )
    except BadCursor as error:
        raise wrong("newer" if query.newer else "cursor", "unknown", str(error)) from None
    return _Shown(page, reached)


def _newer(session: Session, thread: Thread | None, seen: int) -> _Shown:
    arrived = arrivals_after(session, thread, seen) if thread else Arrivals([], 0)
    return _Shown(Page(arrived.comments, None), arrived.reached)


def _origins(site: SiteInUse) -> frozenset[str]:
    return frozenset({*site.row.origins, own_origin(), f"{request.scheme}://{request.host}"})


def _in_future(moment: datetime | None) -> datetime | None:
    return moment if moment is not None and moment > runtime().clock() else None
