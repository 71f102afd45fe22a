"""What the form keeps on the reader's device: the draft while it is written, the name only where that is ticked."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.pages.keyboard import press, tab_to
from tests.browser.pages.layouts import Visit
from tests.browser.pages.library import Library
from tests.browser.pages.widget import Widget, once

pytest_plugins = ("tests.browser.pages.fixtures",)

GOOD = "The new cycle lane on the bridge is wide enough for two, which I did not expect."
KEPT = "Your draft is kept on this device."
REMEMBER = "Remember my name, email and website on this device"


def kept(widget: Widget) -> str:
    """Everything that stands in the browser's storages."""
    found = widget.page.evaluate("JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie")
    assert isinstance(found, str)
    return found


def test_a_draft_outlives_a_reload_and_is_forgotten_by_one_press(visit_everywhere: Visit, library: Library) -> None:
    widget = visit_everywhere(library.small())
    tab_to(widget.field("Comment"))
    widget.page.keyboard.type("Half a thought")
    expect(widget.root.get_by_text(KEPT)).to_be_visible()

    widget.page.reload()
    expect(widget.ready().field("Comment")).to_have_value("Half a thought")
    expect(widget.root.get_by_text(KEPT)).to_be_visible()

    press(widget.button("Forget the draft"))
    expect(widget.field("Comment")).to_have_value("")
    expect(widget.field("Comment")).to_be_focused()
    expect(widget.root.get_by_text(KEPT)).to_be_hidden()
    assert "Half a thought" not in kept(widget)
    widget.page.reload()
    expect(widget.ready().field("Comment")).to_have_value("")


def test_a_draft_belongs_to_its_article(visit: Visit, library: Library) -> None:
    widget = visit(library.small())
    widget.field("Comment").fill("About the one bridge")
    expect(widget.root.get_by_text(KEPT)).to_be_visible()
    other = visit(library.small())
    other.field("Comment").focus()
    expect(other.root.get_by_role("toolbar")).to_be_visible()
    expect(other.field("Comment")).to_have_value("")


def test_a_page_that_is_left_in_the_middle_of_a_word_keeps_it(visit: Visit, library: Library) -> None:
    url = library.small()
    widget = visit(url)
    widget.field("Comment").focus()
    expect(widget.root.get_by_role("toolbar")).to_be_visible()
    widget.field("Comment").press_sequentially("Half a wo")
    again = visit(url)
    expect(again.field("Comment")).to_have_value("Half a wo")


def test_a_comment_that_was_taken_leaves_no_draft(visit: Visit, library: Library) -> None:
    widget = visit(library.small())
    good = once(GOOD)
    widget.post(body=good, name="Ada", email="ada@mailbox.example.org")
    widget.expect_published(good)
    assert good not in kept(widget)
    expect(widget.field("Comment")).to_have_value("")
    expect(widget.root.get_by_text(KEPT)).to_be_hidden()


def test_nobody_is_remembered_without_asking_for_it(visit: Visit, library: Library) -> None:
    url = library.small()
    widget = visit(url)
    widget.field("Comment").focus()
    expect(widget.root.get_by_label(REMEMBER)).not_to_be_checked()
    good = once(GOOD)
    widget.post(body=good, name="Ada", email="ada@mailbox.example.org")
    widget.expect_published(good)
    assert "Ada" not in kept(widget)
    assert "ada@mailbox" not in kept(widget)
    again = visit(url)
    again.field("Comment").focus()
    expect(again.root.get_by_role("toolbar")).to_be_visible()
    expect(again.field("Name")).to_have_value("")


def test_who_asks_to_be_remembered_is_until_the_box_is_unticked(visit: Visit, library: Library) -> None:
    url = library.small()
    widget = visit(url)
    good = once(GOOD)
    widget.fill(body=good, name="Ada", email="ada@mailbox.example.org", website="https://ada.example/")
    press(widget.root.get_by_label(REMEMBER), "Space")
    press(widget.button("Post comment"))
    widget.expect_published(good)

    again = visit(url)
    for label, value in [("Name", "Ada"), ("Email", "ada@mailbox.example.org"), ("Website", "https://ada.example/")]:
        expect(again.field(label)).to_have_value(value)
    expect(again.root.get_by_label(REMEMBER)).to_be_checked()
    again.root.get_by_label(REMEMBER).uncheck()
    assert "ada@mailbox" not in kept(again)
    assert "Ada" not in kept(again)
