"""Replies as a reader meets them: nested, folded where they are many, and called up in order."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.pages.keyboard import press
from tests.browser.pages.layouts import Visit
from tests.browser.pages.library import Library, comment_id

pytest_plugins = ("tests.browser.pages.fixtures",)


def test_more_than_five_replies_are_folded_after_three_and_unfold_by_keyboard(
    visit_everywhere: Visit, library: Library
) -> None:
    widget = visit_everywhere(library.folded)
    articles = widget.root.get_by_role("article")
    expect(articles).to_have_count(4)
    expect(widget.comment("Answer 4: as long")).to_be_visible()

    unfold = widget.button("Show 5 replies")
    expect(unfold).to_have_attribute("aria-expanded", "false")
    press(unfold)
    expect(articles).to_have_count(10)
    expect(widget.comment("Answer 10, to the last answer.")).to_be_visible()

    fold = widget.button("Hide replies")
    expect(fold).to_be_focused()
    expect(fold).to_have_attribute("aria-expanded", "true")
    fold.press("Enter")
    expect(articles).to_have_count(4)


def test_a_link_to_a_folded_reply_unfolds_it_and_marks_it(visit: Visit, library: Library) -> None:
    widget = visit(library.folded, f"#comment-{comment_id(library.folded, 10)}")
    linked = widget.comment("Answer 10, to the last answer.")
    expect(linked).to_be_focused()
    expect(linked).to_be_in_viewport()
    expect(linked).to_have_class(re.compile("marked"))


def test_replies_beyond_the_first_page_come_in_their_order(visit: Visit, library: Library) -> None:
    widget = visit(library.wide)
    expect(widget.button("Show more replies")).to_have_count(0)
    press(widget.button("Show 47 replies"))
    # Some 240 stops of Tab further on.
    widget.button("Show more replies").press("Enter")

    articles = widget.root.get_by_role("list", name="Replies to Ada").first.get_by_role("article")
    expect(widget.comment("Answer 61: I have seen them.")).to_be_visible()
    texts = widget.root.locator("[part=body]").all_inner_texts()
    assert texts[1:] == [f"Answer {n}: I have seen them." for n in range(2, 62)]
    expect(articles.first).to_be_visible()
    expect(widget.button("Show more replies")).to_have_count(0)
    expect(widget.comment("Answer 52: I have seen them.")).to_be_focused()


def test_where_the_tree_is_flattened_a_reply_says_whom_it_answers(visit_everywhere: Visit, library: Library) -> None:
    widget = visit_everywhere(library.deep)
    flattened = widget.comment("Remark 9, an answer to remark 8.")
    expect(flattened.locator("[part=in-reply-to]")).to_have_text("in reply to Reader 8")
    # Elsewhere the place says it.
    expect(widget.comment("Remark 5, an answer to remark 4.").locator("[part=in-reply-to]")).to_have_count(0)
    press(flattened.get_by_role("link", name="Reader 8"))
    expect(widget.comment("Remark 8, an answer to remark 7.")).to_be_focused()


def test_the_deepest_reply_is_still_wide_enough_to_read(visit_everywhere: Visit, library: Library) -> None:
    widget = visit_everywhere(library.deep)
    box = widget.comment("Remark 9, an answer to remark 8.").bounding_box()
    assert box is not None
    assert box["width"] > 230
    assert widget.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
