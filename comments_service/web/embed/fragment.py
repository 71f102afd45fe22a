"""`/sites/S/fragment`: an article's first page of comments as HTML, for the publisher's server to put into the article.

The reader sees the comments before any script has run; the widget then takes them over from the data beside them. The
fragment is the same for everybody, so it may be kept for a minute and asked for anew with its ETag.
"""

import hashlib
import json

from flask import Response, request, url_for
from markupsafe import Markup

from comments_service.comments.read import SORTS, Page, page_of
from comments_service.comments.threads import find_thread, is_open
from comments_service.content.translations import ENGLISH, chosen_language
from comments_service.web.access import PUBLIC, access
from comments_service.web.context import runtime
from comments_service.web.embed.asked import requested_url
from comments_service.web.embed.drawing.element import h
from comments_service.web.embed.drawing.surroundings import Surroundings, absolute
from comments_service.web.embed.drawing.thread import section
from comments_service.web.embed.script import blueprint, style_version
from comments_service.web.sites import site_in_use
from comments_service.web.thread_answer import thread_answer

LIMIT = 50
# The element's attributes that a publisher may want on it; the others follow from the address.
_PASSED_ON = ("title", "lang", "theme", "sort")
_MOST = 300


@blueprint.route("/sites/<site_key>/fragment")
@access(PUBLIC)
def fragment(site_key: str) -> Response:
    url, sort = requested_url(), request.args.get("sort", "")
    sort = sort if sort in SORTS else SORTS[0]
    with runtime().reading() as session:
        site = site_in_use(session, site_key)
        thread = find_thread(session, site.row.id, url)
        page = page_of(session, thread.id, sort=sort, cursor="", limit=LIMIT) if thread else Page([], None)
        answer = thread_answer(site, thread, url, page, thread.arrivals if thread else 0)
        opened = is_open(thread, site.settings, runtime().clock())
    language = chosen_language(request.args.get("lang", ENGLISH))
    around = Surroundings(site_key, url, language, sort, opened)
    return _kept_a_minute(_element(around, answer.decode()))


def _element(around: Surroundings, answer: str) -> Markup:
    style = absolute(f"{url_for('embed.widget_style')}?v={style_version()}")
    # Inside a script element nothing is escaped but by JSON itself: without "<" no text can end the element.
    data = Markup(answer.replace("<", "\\u003c"))
    passed_on = {name: request.args.get(name, "")[:_MOST] or None for name in _PASSED_ON}
    inside = h(
        "template",
        {"shadowrootmode": "open"},
        h("link", {"rel": "stylesheet", "href": style}),
        section(around, json.loads(answer)),
        h("script", {"type": "application/json"}, data),
    )
    return h("comment-section", {"site": around.site_key, "url": around.url, **passed_on}, inside)


def _kept_a_minute(element: Markup) -> Response:
    response = Response(element, mimetype="text/html")
    response.set_etag(hashlib.sha256(element.encode()).hexdigest()[:24])
    response.headers["Cache-Control"] = "public, max-age=60"
    response.headers["X-Robots-Tag"] = "noindex"
    response.make_conditional(request)
    return response
