"""Confirming and stopping mails about comments: GET shows a button and changes nothing, POST does it.

The token in the address is the only right there is, so no cookie and no CSRF token: whoever could forge the request
could as well press the button. Mail programs send the POST of "stop" themselves (RFC 8058).
"""

from typing import cast

from flask import Blueprint, Response, make_response, render_template, request
from sqlalchemy.orm import Session

from comments_service.comments.follows import confirm, find_follow, stop
from comments_service.comments.threads import find_thread
from comments_service.content.translations import direction, said
from comments_service.notifications.links import Act, token_is_good
from comments_service.notifications.titles import title_of
from comments_service.storage.tables import Follow, Site
from comments_service.web.access import PUBLIC, access
from comments_service.web.context import runtime
from comments_service.web.rate_limits import FOLLOW_PAGES, hold_to
from comments_service.web.sites import is_public_id, site_in_use
from comments_service.web.visitors import reader_language, visitor

blueprint = Blueprint("follow_pages", __name__, template_folder="templates", static_folder=None)


@blueprint.route("/sites/<site_key>/follows/<public_id>/<any(confirm, stop):act>", methods=["GET"])
@access(PUBLIC)
def ask(site_key: str, public_id: str, act: str) -> Response:
    if not _token_is_good(public_id, act):
        return _expired()
    with runtime().reading() as session:
        site = site_in_use(session, site_key).row
        follow = find_follow(session, site.id, public_id)
        if follow is None:
            return _gone(act)
        if act == "confirm" and follow.confirmed_at is not None:
            return _page(follow.language, "confirm_title", "confirmed")
        return _question(session, site, follow, act)


@blueprint.route("/sites/<site_key>/follows/<public_id>/<any(confirm, stop):act>", methods=["POST"])
@access(PUBLIC)
def do(site_key: str, public_id: str, act: str) -> Response:
    if not _token_is_good(public_id, act):
        return _expired()
    here = runtime()
    with here.transaction() as session:
        follow = find_follow(session, site_in_use(session, site_key).row.id, public_id)
        if follow is None:
            return _gone(act)
        language = follow.language
        if act == "confirm":
            confirm(session, follow, here.clock())
        else:
            stop(session, follow)
    return _page(language, f"{act}_title", _done(act))


def _token_is_good(public_id: str, act: str) -> bool:
    hold_to(FOLLOW_PAGES, "follow_pages", visitor().network)
    here = runtime()
    token = request.args.get("token", "")
    return is_public_id(public_id) and token_is_good(here.keys, public_id, cast(Act, act), token, here.clock())


def _question(session: Session, site: Site, follow: Follow, act: str) -> Response:
    text = "confirm_replies" if act == "confirm" and follow.reply_to else f"{act}_text"
    title = title_of(find_thread(session, site.id, follow.url), site.name)
    return _page(follow.language, f"{act}_title", text, button=f"{act}_button", title=title)


def _gone(act: str) -> Response:
    """For a follow that has ended: stopping it again is done already, confirming it comes too late."""
    return _page(reader_language(None), "stop_title", _done(act)) if act == "stop" else _expired()


def _expired() -> Response:
    return _page(reader_language(None), "link_expired", "link_expired", status=410)


def _done(act: str) -> str:
    return "confirmed" if act == "confirm" else "stopped"


def _page(language: str, heading: str, text: str, *, button: str = "", title: str = "", status: int = 200) -> Response:
    html = render_template(
        "follow/page.html",
        language=language,
        direction=direction(language),
        heading=said(language, "page", heading),
        text=said(language, "page", text, title=title),
        button=said(language, "page", button) if button else "",
    )
    response = make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    # The address holds a token: no other page may learn it.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
