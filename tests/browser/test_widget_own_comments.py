"""The own comment within the edit window: corrected, deleted, and what happens when the window closes."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.pages.keyboard import press
from tests.browser.pages.layouts import Visit
from tests.browser.pages.library import Library
from tests.browser.pages.widget import once

pytest_plugins = ("tests.browser.pages.fixtures",)

GOOD = "The ramp on the eastern side was still wet when I crossed, but the view made up for the climb."


def test_the_author_corrects_within_the_window_and_sees_it_run_down(visit_everywhere: Visit, library: Library) -> None:
    widget = visit_everywhere(library.small())
    good = once(GOOD)
    widget.post(body=good, name="Grace", email="grace@mailbox.example.org")
    widget.expect_published(good)
    left = widget.comment(good).locator("[part=time-left]")
    expect(left).to_have_text(re.compile(r"^14:5\d left to edit or delete$"))
    first = left.inner_text()
    expect(left).not_to_have_text(first)

    press(widget.button("Edit"))
    expect(widget.root.get_by_label("Edit your comment")).to_be_focused()
    widget.page.keyboard.press("Escape")
    expect(widget.button("Edit")).to_be_focused()
    widget.page.keyboard.press("Enter")
    expect(widget.root.get_by_label("Edit your comment")).to_have_value(good)
    better = once(GOOD)
    widget.page.keyboard.press("ControlOrMeta+A")
    widget.page.keyboard.type(better)
    press(widget.button("Save"))
    widget.expect_published(better)
    expect(widget.comment(better)).to_contain_text("(edited)")
    expect(widget.root.get_by_role("heading", name="4 comments")).to_be_visible()


def test_when_the_window_closes_its_buttons_go(visit: Visit, library: Library) -> None:
    url = library.small()
    widget = visit(url)
    good = once(GOOD)
    widget.post(body=good, name="Grace", email="grace@mailbox.example.org")
    widget.expect_published(good)
    expect(widget.button("Delete")).to_be_visible()
    widget.page.clock.install()
    widget.page.clock.fast_forward("10:00")
    again = visit(url)
    expect(again.comment(good).locator("[part=time-left]")).to_have_text(re.compile("^[45]:"))
    again.page.clock.fast_forward("06:00")
    expect(again.button("Delete")).to_have_count(0)
    expect(again.comment(good).locator("[part=time-left]")).to_have_count(0)
