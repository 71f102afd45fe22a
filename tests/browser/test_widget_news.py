"""Comments that were published meanwhile are offered; nothing moves until the reader asks for them."""

from __future__ import annotations

import json

from playwright.sync_api import Page, expect

from tests.browser.pages.keyboard import tab_to
from tests.browser.pages.layouts import Visit
from tests.browser.pages.library import Library, comment_id
from tests.browser.pages.serve import PublisherSite
from tests.browser.pages.widget import Widget, once
from tests.stacks.reader import Reader
from tests.stacks.waiting import until

pytest_plugins = ("tests.browser.pages.fixtures",)

NEW = "The new cycle lane on the bridge is wide enough for two, which I did not expect."
ANSWER = "The ferry was slower, but the view from the water is what I will miss."


def places(widget: Widget) -> list[object]:
    """Where everything stands, and how far the page is scrolled."""
    found: list[object] = widget.root.evaluate(
        """host => [scrollY, ...[...host.shadowRoot.querySelectorAll("article, form")]
          .map((element) => element.getBoundingClientRect().top)]"""
    )
    return found


def stay(page: Page) -> None:
    """Lets the widget's clock run ahead until it has asked what is new and drawn the answer."""
    asked: list[str] = []
    page.on("requestfinished", lambda request: asked.append(request.url) if "newer=" in request.url else None)

    def a_while() -> bool:
        page.clock.run_for(10_000)
        return bool(asked)

    until(a_while, "the widget asked for new comments", 20)


def test_new_comments_are_offered_without_moving_what_one_reads(
    visit_everywhere: Visit, library: Library, publisher: PublisherSite, page: Page
) -> None:
    url = library.small()
    page.clock.install()
    widget = visit_everywhere(url)
    expect(widget.root.get_by_role("heading", name="3 comments")).to_be_visible()
    page.mouse.wheel(0, 300)
    new, answer = once(NEW), once(ANSWER)
    reader = Reader(publisher.service)
    assert reader.post(new, url=url).status_code == 202
    assert reader.post(answer, url=url, parent_id=comment_id(url, 2)).status_code == 202
    until(lambda: _holds(reader, url, new, answer), "both are published", 15)

    before = places(widget)
    stay(page)
    offer = widget.button("Show 2 new comments")
    expect(offer).to_be_visible()
    assert places(widget) == before
    expect(widget.comment(new)).to_have_count(0)

    tab_to(offer, "Shift+Tab")
    page.keyboard.press("Enter")
    expect(offer).to_have_count(0)
    expect(widget.root.get_by_role("heading", name="5 comments")).to_be_visible()
    expect(widget.comment(new)).to_be_focused()
    below = widget.root.get_by_role("list", name="Replies to Ben")
    expect(below.get_by_role("article").filter(has_text=answer)).to_be_attached()


def test_a_reply_to_what_is_on_another_page_is_left_to_that_page(
    visit: Visit, library: Library, publisher: PublisherSite, page: Page
) -> None:
    page.clock.install()
    page.route("**/comments?**", lambda route: route.continue_(url=f"{route.request.url}&limit=2"))
    url = library.small()
    widget = visit(url)
    answer = once(ANSWER)
    reader = Reader(publisher.service)
    assert reader.post(answer, url=url, parent_id=comment_id(url, 3)).status_code == 202
    until(lambda: _holds(reader, url, answer), "it is published", 15)
    stay(page)
    expect(widget.root.get_by_role("button", name="new comment")).to_have_count(0)
    widget.button("Show more comments").click()
    expect(widget.comment(answer)).to_be_attached()


def _holds(reader: Reader, url: str, *texts: str) -> bool:
    shown = json.dumps(reader.shown(url))
    return all(text in shown for text in texts)
