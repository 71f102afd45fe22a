"""`/embed.js`: the widget's bundle, committed beside its source, with an ETag and a cache that revalidates."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, request, send_from_directory

import comments_service
from comments_service.web.access import PUBLIC, access

blueprint = Blueprint("embed", __name__, template_folder="templates", static_folder=None)

_DIST = Path(comments_service.__file__).parent / "widget" / "dist"
_MINUTES_10, _YEAR = "public, max-age=600", "public, max-age=31536000, immutable"


@cache
def _bundle(name: str) -> tuple[bytes, str]:
    content = (_DIST / name).read_bytes()
    return content, hashlib.sha256(content).hexdigest()[:16]


def widget_version() -> str:
    """Changes with the bundle: `embed.js?v=…` may be cached for ever."""
    return _bundle("embed.js")[1]


def style_version() -> str:
    """Changes with the widget's style sheet, likewise."""
    return _bundle("reading.css")[1]


@blueprint.route("/embed.js")
@access(PUBLIC)
def embed_script() -> Response:
    return _sent("embed.js", "text/javascript")


@blueprint.route("/embed/<any(writing, acting):chunk>.js")
@access(PUBLIC)
def widget_chunk(chunk: str) -> Response:
    """What the widget loads when a reader begins to write, or presses a button below a comment."""
    return _sent(f"{chunk}.js", "text/javascript")


@blueprint.route("/embed/reading.css")
@access(PUBLIC)
def widget_style() -> Response:
    """The widget's styles, for a first page that the publisher's server has put into the article."""
    return _sent("reading.css", "text/css")


def _sent(name: str, mimetype: str) -> Response:
    content, version = _bundle(name)
    response = Response(content, mimetype=mimetype)
    response.set_etag(version)
    response.headers["Cache-Control"] = _YEAR if request.args.get("v") == version else _MINUTES_10
    # Pages of other origins load it, with `integrity` too.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.make_conditional(request)
    return response


@blueprint.route("/embed/texts/<language>.json")
@access(PUBLIC)
def widget_texts(language: str) -> Response:
    """The widget's words in a language that the script itself does not carry."""
    response = send_from_directory(_DIST / "texts", f"{language}.json", mimetype="application/json", max_age=600)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@blueprint.route("/sites/page.css")
@access(PUBLIC)
def page_style() -> Response:
    return send_from_directory(Path(__file__).parent / "static", "page.css", max_age=600)
