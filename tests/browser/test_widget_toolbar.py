"""The toolbar of the form: one stop for Tab, arrows within, what it writes, the browser's own undo."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.pages.keyboard import tab_to
from tests.browser.pages.layouts import Visit
from tests.browser.pages.library import Library
from tests.browser.pages.widget import Widget

pytest_plugins = ("tests.browser.pages.fixtures",)


def begun(widget: Widget, text: str) -> None:
    """Writes `text` by keyboard; the toolbar comes with the first touch."""
    tab_to(widget.field("Comment"))
    widget.page.keyboard.type(text)
    expect(widget.root.get_by_role("toolbar", name="Formatting")).to_be_visible()


def test_arrows_walk_the_toolbar_in_the_direction_of_the_page(
    visit_everywhere: Visit, library: Library, request: pytest.FixtureRequest
) -> None:
    widget = visit_everywhere(library.small())
    begun(widget, "The old ferry")
    forward, back = ("ArrowLeft", "ArrowRight") if "right_to_left" in request.node.name else ("ArrowRight", "ArrowLeft")
    keys = widget.page.keyboard
    tab_to(widget.button("Bold"))
    for key, name in [(forward, "Italic"), (forward, "Link"), (back, "Italic"), ("End", "List"), (forward, "Bold")]:
        keys.press(key)
        expect(widget.button(name)).to_be_focused()
    keys.press("End")
    keys.press("Tab")
    expect(widget.button("Preview")).to_be_focused()
    keys.press("Shift+Tab")
    expect(widget.button("List")).to_be_focused()


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Bold", "The old **ferry**"),
        ("Italic", "The old *ferry*"),
        ("Link", "The old [ferry](https://)"),
        ("Code", "The old `ferry`"),
        ("Quote", "The old \n> ferry"),
        ("List", "The old \n- ferry"),
    ],
)
def test_a_tool_marks_what_is_selected_and_undo_takes_it_back(
    visit: Visit, library: Library, name: str, written: str
) -> None:
    widget = visit(library.small())
    begun(widget, "The old ferry")
    for _ in "ferry":
        widget.page.keyboard.press("Shift+ArrowLeft")
    widget.button(name).press("Enter")
    expect(widget.field("Comment")).to_have_value(written)
    expect(widget.field("Comment")).to_be_focused()

    widget.page.keyboard.press("ControlOrMeta+Z")
    expect(widget.field("Comment")).to_have_value("The old ferry")


def test_after_a_link_the_address_is_selected_to_be_typed(visit: Visit, library: Library) -> None:
    widget = visit(library.small())
    begun(widget, "ferry")
    widget.page.keyboard.press("ControlOrMeta+A")
    widget.button("Link").press("Enter")
    widget.page.keyboard.type("https://ferry.example/")
    expect(widget.field("Comment")).to_have_value("[ferry](https://ferry.example/)")


def test_each_line_of_a_selection_is_quoted(visit: Visit, library: Library) -> None:
    widget = visit(library.small())
    begun(widget, "One bridge\nand one ferry")
    widget.page.keyboard.press("ControlOrMeta+A")
    widget.button("Quote").press("Enter")
    expect(widget.field("Comment")).to_have_value("> One bridge\n> and one ferry")
