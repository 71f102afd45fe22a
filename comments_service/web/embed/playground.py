"""`/playground`: a publisher tries site, looks and words on the live widget, and takes along what to paste.

The page holds nothing of any site that is not public; the key of a site is for the publisher to type.
"""

from dataclasses import dataclass
from pathlib import Path

from flask import Response, render_template, request, send_from_directory
from flask.typing import ResponseReturnValue

from comments_service.comments.read import SORTS
from comments_service.content.language_names import LANGUAGE_NAMES
from comments_service.content.translations import ENGLISH, languages, texts_for
from comments_service.web.access import PUBLIC, access
from comments_service.web.context import runtime
from comments_service.web.embed import demo
from comments_service.web.embed.script import blueprint
from comments_service.web.problems import Problem
from comments_service.web.sites import kept_site

_STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class Property:
    """A CSS property of the widget: `kind` is "color" or "text", `preset` what holds without it, in words."""

    name: str
    label: str
    kind: str
    preset: str


PROPERTIES = (
    Property("--comments-accent", "Send button", "color", "#1a5fb4"),
    Property("--comments-on-accent", "Words on the send button", "color", "#ffffff"),
    Property("--comments-text", "Text", "color", "the page's"),
    Property("--comments-link", "Links, focus, own votes", "color", "accent mixed with text"),
    Property("--comments-muted", "Less important words", "color", "78 % of the text"),
    Property("--comments-border", "Lines", "color", "24 % of the text"),
    Property("--comments-form", "Ground of forms", "color", "6 % of the text"),
    Property("--comments-error", "Errors", "color", "red mixed with text"),
    Property("--comments-background", "Ground under a theme", "color", "the browser's"),
    Property("--comments-font", "Font", "text", "the page's"),
    Property("--comments-radius", "Roundness of boxes", "text", "0.4em"),
    Property("--comments-gap", "Space between comments", "text", "1em"),
    Property("--comments-indent", "Indent of replies", "text", "1.2em"),
)
# The words that publishers change most; any other key of the widget's texts can be overridden likewise.
TEXTS = ("title", "empty", "write", "note", "send", "reply", "closed")


@blueprint.route("/playground")
@access(PUBLIC)
def playground() -> ResponseReturnValue:
    site, url = _demo()
    return render_template(
        "embed/playground.html",
        base=runtime().settings.public_url,
        site=request.args.get("site", site),
        url=request.args.get("url", url),
        properties=PROPERTIES,
        texts={key: texts_for(ENGLISH, "read")[key] for key in TEXTS},
        sorts=SORTS,
        languages={tag: LANGUAGE_NAMES.get(tag, tag) for tag in languages()},
    )


def _demo() -> tuple[str, str]:
    """Site and article to begin with; nothing where the demo was not loaded."""
    try:
        kept_site(demo.SITE)
    except Problem:
        return "", ""
    return demo.SITE, demo.first_article_url()


@blueprint.route("/playground/<any('playground.js', 'playground.css'):name>")
@access(PUBLIC)
def playground_asset(name: str) -> Response:
    response = send_from_directory(_STATIC, name, conditional=True)
    # Asked for again with its ETag each time: after an upgrade no page runs yesterday's script.
    response.headers["Cache-Control"] = "no-cache"
    return response
