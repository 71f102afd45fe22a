"""Atom 1.0 (RFC 4287): the newest approved comments of a site, or of one thread."""

import hashlib
import re
import xml.etree.ElementTree as ET
from typing import Any
from urllib.parse import quote

from flask import Response, request
from flask_smorest import Blueprint

from comments_service.comments.public import iso, public_comment, public_title
from comments_service.comments.read import html_of, newest
from comments_service.comments.threads import find_thread
from comments_service.content.links import InvalidURL, canonical_url
from comments_service.privacy.hide import hide_addresses
from comments_service.storage.tables import Site
from comments_service.web.access import PUBLIC, access
from comments_service.web.context import runtime
from comments_service.web.description import described
from comments_service.web.problems import FieldError, Problem
from comments_service.web.sites import site_in_use

blueprint = Blueprint("feeds", __name__, url_prefix="/api/v1", description="Comments as feeds")

ENTRIES = 50
_NAMESPACE = "http://www.w3.org/2005/Atom"
# What XML 1.0 cannot hold; one such letter in a comment would make the whole feed unreadable.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@blueprint.route("/sites/<site_key>/feed.atom", methods=["GET"])
@access(PUBLIC)
@described(
    "The newest comments as Atom 1.0",
    {200: None, 304: None},
    {404, 422},
    query={"url": "Only this article's comments."},
)
def get_feed(site_key: str) -> Response:
    url = _url(request.args.get("url"))
    with runtime().reading() as session:
        site = site_in_use(session, site_key).row
        thread = find_thread(session, site.id, url) if url else None
        rows = [] if url and thread is None else newest(session, site, thread.id if thread else None, ENTRIES)
        title = f"{site.name}: {public_title(thread) or url}" if thread else site.name
        body = _feed(site, title, rows, f"?url={quote(url, safe='')}" if url else "")
    response = Response(body, mimetype="application/atom+xml")
    response.set_etag(hashlib.sha256(body).hexdigest()[:24])
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response


def _url(text: str | None) -> str:
    if text is None:
        return ""
    try:
        return canonical_url(text)
    except InvalidURL as error:
        raise Problem(422, "fields", error.message, [FieldError("url", error.code, error.message)]) from None


def _feed(site: Site, title: str, rows: Any, query: str) -> bytes:
    ET.register_namespace("", _NAMESPACE)
    own = f"{runtime().settings.public_url}/api/v1/sites/{site.key}/feed.atom{query}"
    feed = ET.Element(f"{{{_NAMESPACE}}}feed")
    _add(feed, "id", own)
    _add(feed, "title", title)
    changed = [row.edited_at or row.created_at for row in rows] or [site.created_at]
    _add(feed, "updated", iso(max(changed)))
    _add(feed, "link", rel="self", href=own)
    for row in rows:
        feed.append(_entry(row))
    document: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return document


def _entry(row: Any) -> ET.Element:
    public = public_comment(row, html_of(row), None, [], 0)
    entry = ET.Element(f"{{{_NAMESPACE}}}entry")
    _add(entry, "id", f"{runtime().settings.public_url}/comments/{public['id']}")
    _add(entry, "title", f"{public['author']['name']} on {hide_addresses(row.title) or row.url}")
    _add(entry, "published", public["created_at"])
    _add(entry, "updated", public.get("edited_at", public["created_at"]))
    _add(entry, "link", rel="alternate", href=f"{row.url}#comment-{public['id']}")
    author = ET.SubElement(entry, f"{{{_NAMESPACE}}}author")
    _add(author, "name", public["author"]["name"])
    _add(entry, "content", public["html"], type="html")
    return entry


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> None:
    clean = {name: _NOT_XML.sub("", value) for name, value in attributes.items()}
    child = ET.SubElement(parent, f"{{{_NAMESPACE}}}{tag}", clean)
    child.text = None if text is None else _NOT_XML.sub("", text)
