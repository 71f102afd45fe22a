"""The demo site: a few article pages with the widget on them, from the folder `seeds`."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from flask import Response, abort, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from comments_service.web.access import PUBLIC, access
from comments_service.web.context import runtime
from comments_service.web.embed.script import blueprint, widget_version

SITE, SITE_NAME = "demo", "The Harbour Courier"


@blueprint.route("/demo/")
@access(PUBLIC)
def demo_index() -> ResponseReturnValue:
    folder = _folder()
    articles = [_placed(article, folder) for article in _articles(folder)]
    return _page(folder, "index.html", articles=articles)


@blueprint.route("/demo/<slug>")
@access(PUBLIC)
def demo_article(slug: str) -> ResponseReturnValue:
    folder = _folder()
    if slug == "site.css":
        return send_from_directory((folder / "pages").absolute(), "site.css", max_age=600)
    found = [article for article in _articles(folder) if article["slug"] == slug]
    if not found:
        abort(404)
    article = _placed(found[0], folder)
    thread_url = url_for("embed.thread_page", site_key=SITE, url=article["canonical_url"])
    return _page(folder, "layout.html", article=article, thread_url=thread_url)


def article_url(base: str, slug: str) -> str:
    """Where the demo's article stands, below the service's base URL."""
    return f"{base}/demo/{slug}"


def first_article_url() -> str:
    """The canonical URL of the demo's first article, "" where the demo's files are not."""
    settings = runtime().settings
    return article_url(settings.public_url, _articles(settings.demo_dir)[0]["slug"]) if settings.demo_dir else ""


def _folder() -> Path:
    folder = runtime().settings.demo_dir
    if folder is None:
        abort(404)
    return folder


@cache
def _articles(folder: Path) -> list[dict[str, Any]]:
    articles: list[dict[str, Any]] = json.loads((folder / "articles.json").read_text("utf-8"))
    return articles


@cache
def _environment(folder: Path) -> Environment:
    return Environment(loader=FileSystemLoader(folder / "pages"), autoescape=True, undefined=StrictUndefined)


def _placed(article: dict[str, Any], folder: Path) -> dict[str, Any]:
    # Our own files, not a stranger's text: the only place where a fragment is taken as it is.
    body = Markup((folder / "articles" / Path(article["file"]).name).read_text("utf-8"))
    url = article_url(runtime().settings.public_url, article["slug"])
    return {**article, "body_html": body, "canonical_url": url}


def _page(folder: Path, template: str, **values: Any) -> Response:
    script = f"{url_for('embed.embed_script')}?v={widget_version()}"
    page = _environment(folder).get_template(template).render(site_name=SITE_NAME, widget_src=script, **values)
    response = Response(page, mimetype="text/html")
    response.headers["Cache-Control"] = "no-cache"
    return response
