"""Long threads: links that open the right page, earlier and later pages that leave the reader where the reader was."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.pages.layouts import Visit
from tests.browser.pages.library import LONG_COUNT, Library, comment_id
from tests.browser.pages.widget import Widget

pytest_plugins = ("tests.browser.pages.fixtures",)


def remark(widget: Widget, number: int) -> Locator:
    return widget.comment(f"Remark {number} about the ferry")


def linked(number: int) -> str:
    return f"#comment-{comment_id(Library.long, number)}"


def top(comment: Locator) -> float:
    box = comment.bounding_box()
    assert box is not None
    return box["y"]


def test_a_link_opens_the_page_that_holds_its_comment_and_the_others_follow_in_order(
    visit_everywhere: Visit, library: Library
) -> None:
    widget = visit_everywhere(library.long, linked(70))
    expect(remark(widget, 70)).to_be_focused()
    expect(remark(widget, 70)).to_be_in_viewport()
    expect(remark(widget, 70)).to_have_class(re.compile("marked"))
    expect(remark(widget, 1)).to_have_count(0)

    while widget.button("Show earlier comments").is_visible():
        first = widget.root.get_by_role("article").first
        name = first.get_attribute("id")
        seen = widget.root.locator(f"#{name}")
        widget.button("Show earlier comments").focus()
        before = top(seen)
        widget.page.keyboard.press("Enter")
        expect(widget.root.get_by_role("article").first).not_to_have_id(name or "")
        assert abs(top(seen) - before) < 2, "the page moved under the reader's eyes"
    while widget.button("Show more comments").is_visible():
        count = widget.root.get_by_role("article").count()
        widget.button("Show more comments").press("Enter")
        expect(widget.root.get_by_role("article").nth(count)).to_be_focused()

    texts = widget.root.locator("[part=body]").all_text_contents()
    assert texts == [f"Remark {n} about the ferry, which was late." for n in range(1, LONG_COUNT + 1)]


def test_a_link_within_the_page_goes_to_its_comment_and_marks_that_alone(visit: Visit, library: Library) -> None:
    widget = visit(library.long)
    expect(remark(widget, 3)).to_be_attached()
    widget.page.evaluate("hash => { location.hash = hash; }", linked(3))
    expect(remark(widget, 3)).to_be_focused()
    widget.page.evaluate("hash => { location.hash = hash; }", linked(110))
    expect(remark(widget, 110)).to_be_focused()
    expect(remark(widget, 110)).to_be_in_viewport()
    expect(widget.root.locator(".marked")).to_have_count(1)


def test_a_link_to_a_comment_that_is_gone_says_so_and_shows_the_first_page(visit: Visit, library: Library) -> None:
    widget = visit(library.long, "#comment-" + "0" * 24)
    expect(remark(widget, 1)).to_be_attached()
    expect(widget.root.get_by_text("The linked comment is not here any more.")).to_be_visible()
