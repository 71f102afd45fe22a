"""What happened to a comment, for its author: GET shows it and changes nothing, POST objects to the decision.

The token in the address is the only right there is, so no cookie and no CSRF token. It opens this page alone: with it
nobody can change or delete the comment.
"""

from datetime import datetime
from functools import partial

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from comments_service.comments.edit import own_comment
from comments_service.content.translations import direction, said
from comments_service.moderation.objecting import LONGEST, SHORTEST, TooLate, object_to
from comments_service.moderation.statements import statement_of
from comments_service.notifications.links import opens_status
from comments_service.storage.tables import Comment
from comments_service.web.access import PUBLIC, access
from comments_service.web.context import runtime
from comments_service.web.rate_limits import APPEALS, STATUS_PAGES, hold_to
from comments_service.web.sites import SiteInUse, is_public_id, site_in_use
from comments_service.web.status_pages.told import Told, told_of
from comments_service.web.visitors import reader_language, visitor

blueprint = Blueprint("status_pages", __name__, template_folder="templates", static_folder=None)

_POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"


@blueprint.route("/sites/<site_key>/comments/<public_id>/status", methods=["GET"])
@access(PUBLIC)
def show(site_key: str, public_id: str) -> ResponseReturnValue:
    hold_to(STATUS_PAGES, "status_pages", visitor().network)
    with runtime().reading() as session:
        found = _found(session, site_key, public_id)
        return _no_such_link() if found is None else _page(told_of(session, *found, runtime().clock()))


@blueprint.route("/sites/<site_key>/comments/<public_id>/status", methods=["POST"])
@access(PUBLIC)
def object_here(site_key: str, public_id: str) -> ResponseReturnValue:
    here, words = runtime(), request.form.get("words", "").replace("\x00", "").strip()
    hold_to(APPEALS, "appeals", visitor().network)
    with here.transaction() as session:
        found = _found(session, site_key, public_id)
        if found is None:
            return _no_such_link()
        fault = _fault(words)
        if fault:
            return _page(told_of(session, *found, here.clock()), words=words, fault=fault, status=422)
        _object(session, found[1], words)
    # To the page itself: loading it again then sends nothing.
    return _private(redirect(f"{request.script_root}{request.full_path}", 303))


def _object(session: Session, comment: Comment, words: str) -> None:
    """Keep the objection. Where nothing can be objected to any more, the page that follows says how things are."""
    now, statement = runtime().clock(), statement_of(session, comment)
    if statement is None:
        return
    try:
        object_to(session, comment, statement, words, language=_language(), now=now)
    except TooLate:
        return


def _found(session: Session, site_key: str, public_id: str) -> tuple[SiteInUse, Comment] | None:
    # A wrong token and a missing comment get the same answer: ids cannot be tried out.
    here, token = runtime(), request.args.get("token", "")
    site = site_in_use(session, site_key)
    if not is_public_id(public_id) or not opens_status(here.keys, public_id, token, here.clock()):
        return None
    comment = own_comment(session, site.row.id, public_id)
    return None if comment is None else (site, comment)


def _fault(words: str) -> str:
    """What is wrong with an objection's words, said to its author; "" where nothing is."""
    say = partial(said, _language(), "write")
    if not words:
        return say("error_required")
    if len(words) < SHORTEST:
        return say("error_too_short", n=SHORTEST)
    return say("error_too_long", n=LONGEST) if len(words) > LONGEST else ""


def _language() -> str:
    return reader_language(request.args.get("lang"))


def _no_such_link() -> AnyResponse:
    language = _language()
    page = render_template(
        "status/no_such_link.html",
        language=language,
        direction=direction(language),
        text=said(language, "page", "status_expired"),
    )
    return _private(make_response(page, 410))


def _page(told: Told, *, words: str = "", fault: str = "", status: int = 200) -> AnyResponse:
    language = _language()
    page = render_template(
        "status/page.html",
        language=language,
        direction=direction(language),
        say=partial(said, language),
        told=told,
        day=_day,
        words=words,
        fault=fault,
        shortest=SHORTEST,
        longest=LONGEST,
    )
    return _private(make_response(page, status))


def _day(moment: datetime) -> str:
    """The day as it is written everywhere, kept together where the words around it run from right to left."""
    return f"\u2066{moment:%Y-%m-%d}\u2069"


def _private(response: AnyResponse) -> AnyResponse:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Robots-Tag"] = "noindex"
    # The address holds a token: no other page may learn it.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
