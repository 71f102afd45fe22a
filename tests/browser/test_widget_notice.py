"""A notice of illegal content, as Article 16 of the Digital Services Act describes it, given by keyboard."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.pages.keyboard import described, press
from tests.browser.pages.layouts import Visit
from tests.browser.pages.library import Library
from tests.browser.pages.widget import Widget

pytest_plugins = ("tests.browser.pages.fixtures",)

BEN = "Remark 2 of Ben."
WHY = "It names a private person and says falsely that she has stolen."


def begun(widget: Widget) -> Locator:
    """The report form of Ben's remark, with "Illegal content" chosen."""
    press(widget.comment(BEN).get_by_role("button", name="More actions"))
    press(widget.comment(BEN).get_by_role("button", name="Report"))
    expect(widget.root.get_by_label("What is wrong with this comment?")).to_be_focused()
    widget.page.keyboard.type("Illegal")
    notice = widget.root.get_by_role("group", name="Notice of illegal content")
    expect(notice).to_be_visible()
    return notice


def test_a_notice_says_why_who_and_in_good_faith_and_gets_a_reference(
    visit_everywhere: Visit, library: Library
) -> None:
    widget = visit_everywhere(library.small())
    notice = begun(widget)
    press(widget.button("Send notice"))
    why = notice.get_by_label("Why is this content illegal?")
    expect(why).to_be_focused()
    faith = notice.get_by_label(re.compile("I believe in good faith"))
    for wrong in (why, notice.get_by_role("textbox", name="Name"), notice.get_by_role("textbox", name="Email"), faith):
        expect(wrong).to_have_attribute("aria-invalid", "true")
        assert described(wrong).strip() == "Please fill in this field."

    widget.page.keyboard.type(WHY)
    notice.get_by_label("Which law or right does it break?").fill("Defamation")
    notice.get_by_role("textbox", name="Name").fill("Grace Hopper")
    notice.get_by_role("textbox", name="Email").fill("grace@mailbox.example.org")
    press(faith, "Space")
    with widget.page.expect_response("**/notices") as answer:
        press(widget.button("Send notice"))
    assert answer.value.status == 202
    reference = answer.value.json()["reference"]
    expect(widget.root.locator("[part=thanks]")).to_have_text(
        f"Your notice has been received. Its reference is {reference}."
    )
    expect(widget.comment(BEN).get_by_role("button", name="More actions")).to_be_focused()


def test_who_tells_of_child_abuse_need_not_say_who_they_are(visit: Visit, library: Library) -> None:
    widget = visit(library.small())
    notice = begun(widget)
    notice.get_by_label("Why is this content illegal?").fill(WHY)
    press(notice.get_by_label(re.compile("sexual abuse of children")), "Space")
    press(notice.get_by_label(re.compile("I believe in good faith")), "Space")
    with widget.page.expect_response("**/notices") as answer:
        press(widget.button("Send notice"))
    assert answer.value.status == 202
    sent = answer.value.request.post_data_json
    assert sent["child_abuse"] is True
    assert "name" not in sent
    assert "email" not in sent


def test_what_the_service_refuses_of_a_notice_is_told_and_nothing_typed_is_lost(visit: Visit, library: Library) -> None:
    widget = visit(library.small())
    notice = begun(widget)
    why = notice.get_by_label("Why is this content illegal?")
    why.fill("Bad.")
    notice.get_by_role("textbox", name="Name").fill("Grace Hopper")
    notice.get_by_role("textbox", name="Email").fill("grace@mailbox.example.org")
    notice.get_by_label(re.compile("I believe in good faith")).check()
    press(widget.button("Send notice"))
    expect(why).to_have_attribute("aria-invalid", "true")
    expect(why).to_be_focused()
    assert "at least 10 characters" in described(why)
    expect(notice.get_by_role("textbox", name="Name")).to_have_value("Grace Hopper")
