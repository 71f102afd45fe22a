"""The form at work: the room that is left, where an answer is written, wrong fields, and while it is sent."""

from __future__ import annotations

from playwright.sync_api import Route, expect

from tests.browser.pages.keyboard import described, press, tab_to
from tests.browser.pages.layouts import Visit
from tests.browser.pages.library import Library
from tests.browser.pages.widget import Widget, once

pytest_plugins = ("tests.browser.pages.fixtures",)

GOOD = "The ramp on the eastern side was still wet when I crossed, but the view made up for the climb."
LIMIT = 10_000


def begun(widget: Widget) -> None:
    """The form's behaviour is loaded, and what the site asks of it is known."""
    with widget.page.expect_response("**/form?**"):
        widget.field("Comment").focus()
    expect(widget.root.get_by_role("toolbar")).to_be_visible()


def test_the_room_that_is_left_is_told_once_it_matters(visit_everywhere: Visit, library: Library) -> None:
    widget = visit_everywhere(library.small())
    begun(widget)
    length = widget.root.locator("[part=length]")
    widget.field("Comment").fill("x" * (LIMIT // 2))
    expect(length).to_be_hidden()
    widget.field("Comment").fill("x" * (LIMIT - 3))
    expect(length).to_have_text("3 characters left")
    widget.page.keyboard.type("yy")
    expect(length).to_have_text("1 character left")
    widget.page.keyboard.type("yyyy")
    expect(length).to_have_text("3 characters too many")

    press(widget.button("Post comment"))
    expect(widget.field("Comment")).to_be_focused()
    assert "Please use at most 10,000 characters." in described(widget.field("Comment"))


def test_an_answer_is_written_in_its_place_and_sent_by_keyboard(visit_everywhere: Visit, library: Library) -> None:
    widget = visit_everywhere(library.small())
    press(widget.comment("Remark 2 of Ben.").get_by_role("button", name="Reply"))
    expect(widget.root.get_by_role("heading", name="Reply to Ben")).to_be_visible()
    expect(widget.field("Comment")).to_be_focused()
    form, answered = widget.root.get_by_role("form").bounding_box(), widget.comment("Remark 2 of Ben.").bounding_box()
    assert form is not None
    assert answered is not None
    assert 0 <= form["y"] - (answered["y"] + answered["height"]) < 60

    good = once(GOOD)
    widget.page.keyboard.type(good)
    for label, text in [("Name", "Grace"), ("Email", "grace@mailbox.example.org")]:
        tab_to(widget.field(label))
        widget.page.keyboard.type(text)
    widget.page.keyboard.press("ControlOrMeta+Enter")

    below = widget.root.get_by_role("list", name="Replies to Ben")
    expect(below.get_by_role("article").filter(has_text=good)).to_be_focused(timeout=15_000)
    widget.expect_published(good)
    expect(widget.root.get_by_role("heading", name="Leave a comment")).to_be_visible()
    expect(widget.root.get_by_role("heading", name="4 comments")).to_be_visible()


def test_an_error_goes_as_soon_as_its_field_is_mended(visit: Visit, library: Library) -> None:
    widget = visit(library.small())
    widget.field("Comment").fill(once(GOOD))
    widget.field("Email").fill("nobody")
    press(widget.button("Post comment"))
    expect(widget.field("Name")).to_be_focused()
    assert described(widget.field("Name")).strip() == "Please fill in this field."
    assert described(widget.field("Email")).strip() == "Please enter a valid email address."
    widget.page.keyboard.type("G")
    expect(widget.field("Name")).not_to_have_attribute("aria-invalid", "true")
    assert described(widget.field("Name")).strip() == ""
    expect(widget.field("Email")).to_have_attribute("aria-invalid", "true")


def test_while_it_is_sent_the_form_says_so_and_a_second_press_sends_nothing(visit: Visit, library: Library) -> None:
    widget = visit(library.small())
    begun(widget)
    posts: list[Route] = []

    def hold(route: Route) -> None:
        posts.append(route)

    widget.page.route("**/comments", hold)
    good = once(GOOD)
    widget.fill(body=good, name="Grace", email="grace@mailbox.example.org")
    send = widget.button("Post comment")
    send.press("Enter")
    expect(widget.root.locator("[part=status]")).to_have_text("Sending…")
    expect(send).to_have_attribute("aria-disabled", "true")
    expect(send).to_be_focused()
    send.press("Enter")
    widget.page.keyboard.press("ControlOrMeta+Enter")
    posts[0].continue_()
    widget.expect_published(good)
    assert len(posts) == 1
