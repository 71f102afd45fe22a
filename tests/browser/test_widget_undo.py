"""The author's own deletion is taken back."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.pages.keyboard import press
from tests.browser.pages.layouts import Visit
from tests.browser.pages.library import Library
from tests.browser.pages.widget import once

pytest_plugins = ("tests.browser.pages.fixtures",)

GOOD = "The ramp on the eastern side was still wet when I crossed, but the view made up for the climb."


def test_a_deleted_comment_comes_back_by_undo(visit_everywhere: Visit, library: Library) -> None:
    widget = visit_everywhere(library.small())
    good = once(GOOD)
    widget.post(body=good, name="Grace", email="grace@mailbox.example.org")
    widget.expect_published(good)
    press(widget.button("Delete"))
    confirm = widget.root.get_by_role("form", name="Delete").get_by_role("button", name="Delete")
    expect(confirm).to_be_focused()
    widget.page.keyboard.press("Enter")
    expect(widget.button("Undo")).to_be_focused()
    expect(widget.root.get_by_role("heading", name="3 comments")).to_be_visible()

    widget.page.keyboard.press("Enter")
    widget.expect_published(good)
    expect(widget.comment(good)).to_be_focused()
    expect(widget.root.get_by_role("heading", name="4 comments")).to_be_visible()
