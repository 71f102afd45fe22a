"""The one sanitising function: whatever HTML reaches a page went through here last, whoever made it."""

from __future__ import annotations

import nh3

from comments_service.content.urls import safe_href

ALLOWED_TAGS = frozenset({"p", "br", "em", "strong", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a"})
LINK_REL = "nofollow ugc noopener noreferrer"


def sanitise(html: str) -> str:
    """`html` with the allowed tags alone and no attribute but an absolute http(s) `href` on links. Idempotent.

    nh3 by itself keeps `//host` and `https:\\\\host`, which browsers complete in ways of their own; each href is
    therefore also parsed and rebuilt.
    """
    return nh3.clean(
        html,
        tags=set(ALLOWED_TAGS),
        attributes={"a": {"href"}},
        attribute_filter=_rebuilt,
        url_schemes={"http", "https"},
        url_relative="deny",
        link_rel=LINK_REL,
        strip_comments=True,
    )


def _rebuilt(tag: str, attribute: str, value: str) -> str | None:
    return safe_href(value) if (tag, attribute) == ("a", "href") else value
