"""What readers do with a comment that stands: vote, report, copy its link, hide its author; all of it by keyboard."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.pages.keyboard import press
from tests.browser.pages.layouts import Visit
from tests.browser.pages.library import Library, comment_id
from tests.browser.pages.widget import Widget

pytest_plugins = ("tests.browser.pages.fixtures",)

BEN = "Remark 2 of Ben."


def opened(widget: Widget, text: str = BEN) -> Locator:
    """The list of further actions of a comment, opened by keyboard; the focus is on the first."""
    toggle = widget.comment(text).get_by_role("button", name="More actions")
    press(toggle)
    actions = widget.comment(text).get_by_role("group", name="More actions")
    expect(actions.get_by_role("button", name="Copy link")).to_be_focused()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    return actions


def test_a_vote_counts_at_once_stays_and_is_taken_back(visit_everywhere: Visit, library: Library) -> None:
    widget = visit_everywhere(library.small())
    up = widget.comment(BEN).get_by_role("button", name="Vote up")
    with widget.page.expect_response("**/votes") as answer:
        press(up)
    assert answer.value.status == 204
    expect(up).to_have_text(re.compile(r"1$"))
    expect(up).to_have_attribute("aria-pressed", "true")
    expect(up).to_be_focused()

    widget.page.reload()
    expect(up).to_have_attribute("aria-pressed", "true")
    expect(up).to_have_text(re.compile(r"1$"))
    with widget.page.expect_response("**/votes"):
        press(up)
    expect(up).to_have_attribute("aria-pressed", "false")
    expect(up).to_have_text(re.compile(r"0$"))


def test_a_vote_that_the_service_did_not_take_is_taken_back_and_told(visit: Visit, library: Library) -> None:
    widget = visit(library.small())
    widget.page.route("**/votes", lambda route: route.abort())
    up = widget.comment(BEN).get_by_role("button", name="Vote up")
    press(up)
    expect(widget.root.get_by_text("That did not work. Please try again.")).to_be_visible()
    expect(up).to_have_text(re.compile(r"0$"))
    expect(up).to_have_attribute("aria-pressed", "false")
    expect(up).to_be_focused()


def test_the_further_actions_close_by_escape_and_give_the_focus_back(visit: Visit, library: Library) -> None:
    widget = visit(library.small())
    actions = opened(widget)
    widget.page.keyboard.press("Escape")
    toggle = widget.comment(BEN).get_by_role("button", name="More actions")
    expect(actions).to_have_count(0)
    expect(toggle).to_be_focused()
    expect(toggle).to_have_attribute("aria-expanded", "false")


def test_a_comment_is_reported_with_a_reason(visit_everywhere: Visit, library: Library) -> None:
    widget = visit_everywhere(library.small())
    press(opened(widget).get_by_role("button", name="Report"))
    reason = widget.root.get_by_label("What is wrong with this comment?")
    expect(reason).to_be_focused()
    # Chromium's own way to choose by keyboard: the first letters.
    widget.page.keyboard.type("Off")
    expect(reason).to_have_value("off_topic")
    widget.root.get_by_label("Details (optional)").fill("It is about another bridge.")
    with widget.page.expect_response("**/reports") as answer:
        press(widget.root.get_by_role("form", name="Report").get_by_role("button", name="Report"))
    assert answer.value.status == 204
    expect(widget.root.locator("[part=thanks]")).to_have_text("Thank you. A moderator will look at it.")
    expect(widget.comment(BEN).get_by_role("button", name="More actions")).to_be_focused()


def test_a_report_can_be_left_without_sending_it(visit: Visit, library: Library) -> None:
    widget = visit(library.small())
    press(opened(widget).get_by_role("button", name="Report"))
    expect(widget.root.get_by_label("What is wrong with this comment?")).to_be_focused()
    widget.page.keyboard.press("Escape")
    expect(widget.root.get_by_role("form", name="Report")).to_have_count(0)
    expect(widget.comment(BEN).get_by_role("button", name="More actions")).to_be_focused()


def test_the_link_of_a_comment_is_copied(visit: Visit, library: Library) -> None:
    url = library.small()
    widget = visit(url)
    widget.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    press(opened(widget).get_by_role("button", name="Copy link"))
    expect(widget.root.get_by_text("The link has been copied.")).to_be_visible()
    assert widget.page.evaluate("navigator.clipboard.readText()") == f"{url}#comment-{comment_id(url, 2)}"
    expect(widget.comment(BEN).get_by_role("button", name="More actions")).to_be_focused()


def test_without_a_clipboard_the_link_is_there_to_be_copied_by_hand(visit: Visit, library: Library) -> None:
    url = library.small()
    widget = visit(url)
    widget.page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    press(opened(widget).get_by_role("button", name="Copy link"))
    link = widget.root.get_by_label("Link to this comment")
    expect(link).to_be_focused()
    expect(link).to_have_value(f"{url}#comment-{comment_id(url, 2)}")
    assert widget.page.evaluate("getSelection().toString()") == f"{url}#comment-{comment_id(url, 2)}"
    widget.page.keyboard.press("Escape")
    expect(link).to_have_count(0)
    expect(widget.comment(BEN).get_by_role("button", name="More actions")).to_be_focused()


def test_an_author_is_hidden_on_this_device_and_shown_again(visit_everywhere: Visit, library: Library) -> None:
    widget = visit_everywhere(library.small())
    press(opened(widget, "Remark 1 of Ada.").get_by_role("button", name="Hide this author"))
    hidden = widget.root.get_by_role("article").filter(has_text="You have hidden this author on this device.")
    expect(hidden).to_have_count(2)
    expect(hidden.first).to_be_focused()
    expect(widget.root.get_by_text("Remark 3 of Ada.")).to_have_count(0)
    expect(widget.comment(BEN)).to_be_visible()
    widget.page.reload()
    expect(hidden).to_have_count(2)

    press(hidden.first.get_by_role("button", name="Show again"))
    expect(widget.comment("Remark 1 of Ada.")).to_be_focused()
    expect(widget.comment("Remark 3 of Ada.")).to_be_visible()
    widget.page.reload()
    expect(widget.comment("Remark 1 of Ada.")).to_be_visible()
