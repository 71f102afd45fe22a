"""When a comment was written: in words, exactly for who points at it, and renewed while the page stands open."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.pages.layouts import Visit
from tests.browser.pages.library import AGES, Library

pytest_plugins = ("tests.browser.pages.fixtures",)


def test_times_are_said_in_words_and_exactly_on_focus(visit: Visit, library: Library) -> None:
    widget = visit(library.aged)
    times = widget.root.locator("[part=time]")
    expect(times).to_have_count(len(AGES))
    # The youngest two may be some minutes older by now: the library is imported once for all tests.
    for words in list(AGES)[2:]:
        expect(widget.comment(f"Written {words}.").locator("[part=time]")).to_have_text(words)
    expect(widget.comment("Written 5 minutes ago.").locator("[part=time]")).to_have_text(
        re.compile(r"^\d+ minutes ago$")
    )
    link = widget.comment("Written 2 years ago.").locator("[part=permalink]")
    link.focus()
    exact = link.locator("time").get_attribute("title") or ""
    assert re.fullmatch(r"[A-Z][a-z]+ \d+, 20\d\d at \d+:\d\d\s[AP]M", exact), exact


def test_times_are_renewed_while_the_page_stands_open(visit: Visit, library: Library, page: Page) -> None:
    page.clock.install()
    widget = visit(library.aged)
    time = widget.comment("Written 3 hours ago.").locator("[part=time]")
    expect(time).to_have_text("3 hours ago")
    page.clock.fast_forward("02:00:00")
    expect(time).to_have_text("5 hours ago")
