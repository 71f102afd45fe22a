"""What every part of one drawn page shares: its words, its article, and where readers without JavaScript go on."""

from dataclasses import dataclass

from flask import request, url_for

from comments_service.content.translations import said
from comments_service.web.context import runtime


@dataclass(frozen=True, slots=True)
class Surroundings:
    """One article's thread, drawn in `language`. `open` tells whether new comments are taken."""

    site_key: str
    url: str
    language: str
    sort: str
    open: bool

    def text(self, key: str, **places: object) -> str:
        """What the widget says under `key`."""
        return said(self.language, "read", key, **places)

    def plain_page(self, **query: str) -> str:
        """The absolute address of the thread's plain page, as the fragment stands on another origin."""
        given = {"url": self.url, "lang": self.language, "sort": self.sort} | query
        path = url_for("embed.thread_page", site_key=self.site_key, **given)  # type: ignore[arg-type]
        return absolute(path)


def absolute(path: str) -> str:
    """A path that `url_for` gave, below the address that readers know; that ends in a mounted service's prefix."""
    return f"{runtime().settings.public_url}{path.removeprefix(request.script_root)}"
