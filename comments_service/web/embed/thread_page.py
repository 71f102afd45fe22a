"""A thread and its form as a plain page, for readers without JavaScript and for search engines."""

import secrets
from typing import Any

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from comments_service.comments.public import public_comment, public_title
from comments_service.comments.read import BadCursor, Page, html_of, page_of
from comments_service.comments.threads import find_thread, is_open
from comments_service.content.links import InvalidURL, canonical_url
from comments_service.storage.tables import Thread
from comments_service.web.access import PUBLIC, access
from comments_service.web.context import runtime
from comments_service.web.embed.script import blueprint
from comments_service.web.forms import form_of
from comments_service.web.origins import refuse_foreign_writes
from comments_service.web.problems import FieldError, Problem
from comments_service.web.sites import SiteInUse, is_public_id, kept_site, site_in_use
from comments_service.web.submissions import take_in

_FIELDS = ("name", "email", "website", "body", "parent_id", "form_token", "subject")


@blueprint.route("/sites/<site_key>/thread", methods=["GET"])
@access(PUBLIC)
def thread_page(site_key: str) -> ResponseReturnValue:
    return _shown(site_key, {}, [], 200)


@blueprint.route("/sites/<site_key>/thread", methods=["POST"])
@access(PUBLIC)
def post_on_page(site_key: str) -> ResponseReturnValue:
    site = kept_site(site_key)
    refuse_foreign_writes(site.row)
    given = {name: request.form.get(name, "") for name in _FIELDS}
    values = {**given, "url": _url(), "title": ""}
    try:
        stored = take_in(site, values, [], idempotency_key=request.form.get("once", ""), trusted=False)
    except Problem as problem:
        errors = problem.errors or (FieldError("", problem.code, problem.detail),)
        response = make_response(_shown(site_key, given, list(errors), problem.status))
        if problem.retry_after is not None:
            response.headers["Retry-After"] = str(problem.retry_after)
        return response
    comment = public_comment(stored.comment, html_of(stored.comment), None, [], 0)
    page = render_template(
        "embed/received.html", site=site.row, comment=comment, status=stored.comment.status, url=_url()
    )
    response = make_response(page, 202 if stored.comment.status == "pending" else 201)
    return _private(response)


def _shown(site_key: str, given: dict[str, str], errors: list[FieldError], status: int) -> ResponseReturnValue:
    url, parent = _url(), request.values.get("parent_id", request.args.get("parent_id", ""))
    with runtime().reading() as session:
        site = site_in_use(session, site_key)
        thread = find_thread(session, site.row.id, url)
        page = _page(session, thread)
        opened = is_open(thread, site.settings, runtime().clock())
    html = render_template("embed/thread.html", **_context(site, thread, url, page, parent, given, errors, opened))
    response = make_response(html, status)
    # The form's token makes the page one reader's own: nobody else may be given it from a cache.
    response.headers["Cache-Control"] = "no-store"
    return _private(response) if errors else response


def _context(
    site: SiteInUse,
    thread: Thread | None,
    url: str,
    page: Page,
    parent: str,
    given: dict[str, str],
    errors: list[FieldError],
    opened: bool,
) -> dict[str, Any]:
    form = form_of(site, opened)
    return {
        "site": site.row,
        "url": url,
        "title": public_title(thread) or url,
        "count": thread.count if thread else 0,
        "page": page,
        "form": form,
        "given": given,
        "parent_id": parent if is_public_id(parent) else "",
        "errors": {error.field: error.message for error in reversed(errors)},
        "once": request.form.get("once") or secrets.token_urlsafe(18),
        "own_url": url_for("embed.thread_page", site_key=site.row.key, url=url),
    }


def _page(session: Any, thread: Thread | None) -> Page:
    if thread is None:
        return Page([], None)
    try:
        return page_of(session, thread.id, sort="oldest", cursor=request.args.get("cursor", ""), limit=50)
    except BadCursor as error:
        raise Problem(422, "cursor", str(error)) from None


def _url() -> str:
    try:
        return canonical_url(request.args.get("url", ""))
    except InvalidURL as error:
        raise Problem(422, "url", f"url: {error.message}") from None


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
