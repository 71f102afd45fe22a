"""The one sanitising function: whatever HTML reaches a page went through here last, whoever made it."""

from __future__ import annotations

import nh3

from comments_service.content.urls import safe_href

ALLOWED_TAGS = frozenset({"p", "br", "em", "strong", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a"})
LINK_REL = "nofollow ugc noopener noreferrer"


_PASSES = 4


def sanitise(html: str) -> str:
    """`html` with the allowed tags alone and no attribute but an absolute http(s) `href` on links. Idempotent.

    nh3 by itself keeps `//host` and `https:\\\\host`, which browsers complete in ways of their own; each href is
    therefore also parsed and rebuilt. Cleaning goes on until nothing changes: links nested through a table are read
    otherwise when the result is parsed anew, which is how cleaned HTML has come alive elsewhere (mutation XSS).
    What won't settle is shown as text.
    """
    for _ in range(_PASSES):
        cleaned = _clean(html)
        if cleaned == html:
            return html
        html = cleaned
    return html if _clean(html) == html else nh3.clean_text(html)


def _clean(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(ALLOWED_TAGS),
        attributes={"*": set(), "a": {"href"}},  # without "*", nh3 lets title and lang stay on every element
        attribute_filter=_rebuilt,
        url_schemes={"http", "https"},
        url_relative="deny",
        link_rel=LINK_REL,
        strip_comments=True,
    )


def _rebuilt(tag: str, attribute: str, value: str) -> str | None:
    if tag != "a":
        return None
    return {"href": safe_href(value), "rel": LINK_REL}.get(attribute)
