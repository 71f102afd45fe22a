"""The whole section, as widget/src/comment_section.ts, thread_view.ts and sort_select.ts draw a thread's first page."""

from typing import Any

from markupsafe import Markup

from comments_service.comments.read import SORTS
from comments_service.web.embed.drawing.comment import comment_item
from comments_service.web.embed.drawing.element import button, h
from comments_service.web.embed.drawing.form import form
from comments_service.web.embed.drawing.surroundings import Surroundings


def section(around: Surroundings, answer: dict[str, Any]) -> Markup:
    """What stands in the element's shadow root for one of the API's answers."""
    live = h("p", {"role": "status", "class": "live"})
    return h("div", {"class": "root", "lang": around.language, "title": ""}, _thread(around, answer), live)


def _thread(around: Surroundings, answer: dict[str, Any]) -> Markup:
    thread, count = answer["thread"], answer["thread"]["count"]
    title = around.text("count", n=count) if count else around.text("title")
    heading = h("h2", {"part": "title", "id": "heading"}, title)
    follow = button(around.text("follow"), {"class": "quiet", "aria-expanded": "false"})
    closed = h("p", {"class": "muted", "part": "closed"}, around.text("closed"))
    notice = around.text("empty") if around.open and not count else ""
    items = (comment_item(around, comment) for comment in answer["comments"])
    return h(
        "section",
        {"part": "section", "aria-labelledby": "heading"},
        h("header", {"class": "top"}, heading, h("div", {"class": "row"}, _sort(around, count), follow)),
        h("div", {}, form(around, thread["required"]) if around.open else closed),
        h("p", {"class": "muted", "part": "notice", "hidden": not notice}, notice),
        button(around.text("earlier"), {"class": "more", "part": "button more", "hidden": True}),
        h("ol", {"part": "list", "class": "list", "aria-labelledby": "heading", "aria-busy": "false"}, *items),
        _more(around, answer["next_cursor"]),
        h("div", {"class": "news", "role": "status"}),
    )


def _sort(around: Surroundings, count: int) -> Markup:
    options = (
        h("option", {"value": sort, "selected": sort == around.sort}, around.text(f"sort_{sort}")) for sort in SORTS
    )
    chosen = h("select", {"part": "input sort"}, *options)
    return h("label", {"class": "sort blank" if count < 2 else "sort"}, f"{around.text('sort')} ", chosen)


def _more(around: Surroundings, cursor: str | None) -> Markup:
    """A link while nothing else can turn the page."""
    text, looks = around.text("more"), {"class": "more", "part": "button more"}
    if not cursor:
        return button(text, {**looks, "hidden": True})
    return h("a", {**looks, "href": around.plain_page(cursor=cursor)}, text)
