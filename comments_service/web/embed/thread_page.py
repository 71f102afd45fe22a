"""A thread and its form as a plain page, for readers without JavaScript and for search engines.

The page says everything in the reader's language and runs no script at all; its policy allows none. What it is about
is told to machines as microdata (schema.org), which is escaped as all that strangers type is.
"""

import secrets
from functools import partial
from typing import Any

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from comments_service.comments.public import public_comment, public_title
from comments_service.comments.read import SORTS, BadCursor, Page, html_of, page_of
from comments_service.comments.single import single_comment
from comments_service.comments.threads import find_thread, is_open
from comments_service.content.language_names import LANGUAGE_NAMES
from comments_service.content.translations import direction, languages, said, texts_for
from comments_service.notifications.links import status_url
from comments_service.storage.tables import Thread
from comments_service.web.access import PUBLIC, access
from comments_service.web.context import runtime
from comments_service.web.embed.asked import Asked
from comments_service.web.embed.faults import faults_in_words
from comments_service.web.embed.script import blueprint
from comments_service.web.forms import form_of
from comments_service.web.origins import refuse_foreign_writes
from comments_service.web.problems import FieldError, Problem
from comments_service.web.sites import kept_site, site_in_use
from comments_service.web.submissions import Stored, take_in

LIMIT = 50
_FIELDS = ("name", "email", "website", "body", "parent_id", "notify", "form_token", "subject")
_POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"


@blueprint.route("/sites/<site_key>/thread", methods=["GET"])
@access(PUBLIC)
def thread_page(site_key: str) -> ResponseReturnValue:
    return _shown(Asked.of_request(site_key), {}, [], 200)


@blueprint.route("/sites/<site_key>/thread", methods=["POST"])
@access(PUBLIC)
def post_on_page(site_key: str) -> ResponseReturnValue:
    site = kept_site(site_key)
    refuse_foreign_writes(site.row)
    asked = Asked.of_request(site_key)
    given = {name: request.form.get(name, "") for name in _FIELDS}
    try:
        stored = take_in(
            site,
            {**given, "url": asked.url, "title": "", "lang": asked.language},
            [],
            idempotency_key=request.form.get("once", ""),
            trusted=False,
        )
    except Problem as problem:
        errors = problem.errors or (FieldError("", problem.code, problem.detail),)
        response = _shown(asked, given, list(errors), problem.status)
        if problem.retry_after is not None:
            response.headers["Retry-After"] = str(problem.retry_after)
        return response
    return _received(asked, stored)


def _received(asked: Asked, stored: Stored) -> Response:
    comment = public_comment(stored.comment, html_of(stored.comment), None, [], 0)
    pending = stored.comment.status == "pending"
    page = render_template(
        "embed/received.html",
        **_words(asked),
        comment=comment,
        news="received" if stored.comment.status != "approved" else "published",
        back=asked.link(),
        status=status_url(runtime(), asked.site_key, stored.comment.public_id, stored.comment.created_at),
    )
    return _private(make_response(page, 202 if pending else 201))


def _shown(asked: Asked, given: dict[str, str], errors: list[FieldError], status: int) -> Response:
    with runtime().reading() as session:
        site = site_in_use(session, asked.site_key)
        thread = find_thread(session, site.row.id, asked.url)
        page = _page(session, thread, asked)
        above = _single(session, thread, asked.parent)
        answered = _single(session, thread, asked.answer)
        opened = is_open(thread, site.settings, runtime().clock())
    form = form_of(site, opened)
    html = render_template(
        "embed/thread.html",
        **_words(asked),
        url=asked.url,
        title=public_title(thread) or asked.url,
        count=thread.count if thread else 0,
        page=page,
        above=above,
        form=form,
        given=given,
        answered=answered,
        lost=bool(asked.answer and answered is None),
        errors=faults_in_words(errors, form["limits"], asked.language),
        follow=runtime().settings.sends_mail,
        once=request.form.get("once") or secrets.token_urlsafe(18),
    )
    response = make_response(html, status)
    # The form's token makes the page one reader's own: nobody else may be given it from a cache.
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = _POLICY
    return _private(response) if errors else response


def _words(asked: Asked) -> dict[str, Any]:
    """What every template needs to speak the reader's language."""
    return {
        "asked": asked,
        "language": asked.language,
        "direction": direction(asked.language),
        "say": partial(said, asked.language),
        "read": texts_for(asked.language, "read"),
        "sorts": SORTS,
        "languages": {tag: LANGUAGE_NAMES.get(tag, tag) for tag in languages()},
    }


def _page(session: Session, thread: Thread | None, asked: Asked) -> Page:
    if thread is None:
        return Page([], None)
    try:
        # Replies are told in the order in which they were said, whatever the order of the comments that they answer.
        sort = "oldest" if asked.parent else asked.sort
        focus = "" if asked.cursor or asked.parent else asked.focus
        return page_of(session, thread.id, sort=sort, cursor=asked.cursor, limit=LIMIT, below=asked.parent, focus=focus)
    except BadCursor as error:
        raise Problem(422, "cursor", str(error)) from None


def _single(session: Session, thread: Thread | None, public_id: str) -> dict[str, Any] | None:
    return single_comment(session, thread.id, public_id) if thread is not None and public_id else None


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Robots-Tag"] = "noindex"
    return response
