"""The preview: rendered by the service, exactly as the comment will be shown."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.pages.keyboard import press, tab_to
from tests.browser.pages.layouts import Visit
from tests.browser.pages.library import Library
from tests.browser.pages.widget import Widget

pytest_plugins = ("tests.browser.pages.fixtures",)


def begun(widget: Widget, text: str) -> None:
    """Writes `text` by keyboard; the toolbar comes with the first touch."""
    tab_to(widget.field("Comment"))
    widget.page.keyboard.type(text)
    expect(widget.root.get_by_role("toolbar", name="Formatting")).to_be_visible()


def test_the_preview_is_what_the_service_will_show(visit_everywhere: Visit, library: Library) -> None:
    widget = visit_everywhere(library.small())
    begun(widget, "The **old** ferry <b>sails</b>")
    press(widget.button("Preview"))
    preview = widget.root.get_by_role("region", name="Preview")
    expect(preview).to_be_focused()
    expect(preview.locator("strong")).to_have_text("old")
    expect(preview).to_contain_text("ferry <b>sails</b>")
    expect(widget.field("Comment")).to_be_hidden()

    press(widget.button("Back to writing"))
    expect(widget.field("Comment")).to_be_focused()
    expect(widget.field("Comment")).to_have_value("The **old** ferry <b>sails</b>")


def test_a_preview_that_cannot_be_had_says_so_and_keeps_the_text(visit: Visit, library: Library) -> None:
    widget = visit(library.small())
    begun(widget, "The old ferry")
    widget.page.route("**/preview", lambda route: route.abort())
    widget.button("Preview").press("Enter")
    expect(widget.root.get_by_text("That did not work. Please try again.")).to_be_visible()
    expect(widget.field("Comment")).to_have_value("The old ferry")
