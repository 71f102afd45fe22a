"""How wide a page is looked at, and in which direction it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.pages.serve import PublisherSite
from tests.browser.pages.widget import PATIENCE_MS, Widget


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of page (a file of this folder) in a window of `width` CSS pixels."""

    kind: str
    width: int

    def __str__(self) -> str:
        return f"{self.kind}-{self.width}"


WIDE, NARROW = 1280, 320
EVERYWHERE = [Layout(kind, width) for kind in ("article", "right_to_left") for width in (WIDE, NARROW)]
# Each width and each direction once: for what hardly depends on them.
CORNERS = [Layout("article", WIDE), Layout("right_to_left", NARROW)]

Visit = Callable[..., Widget]


def visits(layout: Layout, page: Page, publisher: PublisherSite) -> Visit:
    """`visit(url, fragment="")` opens a page that embeds the article's thread, and gives its widget."""

    def visit(url: str, fragment: str = "") -> Widget:
        page.set_viewport_size({"width": layout.width, "height": 800})
        page.goto(publisher.page(layout.kind, url=url) + fragment)
        widget = Widget(page).ready()
        # The form stands before the comments are there.
        expect(widget.root.locator("[part=list]")).to_have_attribute("aria-busy", "false", timeout=PATIENCE_MS)
        return widget

    return visit
