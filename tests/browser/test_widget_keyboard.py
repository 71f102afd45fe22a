"""Errors stand beside their fields, and all of it is reached and mended by keyboard alone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.pages.keyboard import described, tab_to
from tests.browser.pages.serve import PublisherSite
from tests.browser.pages.widget import Widget, once

pytest_plugins = ("tests.browser.pages.fixtures",)

GOOD = "The drawings of the bridge were new to me, and the old photograph shows how narrow it was."


def test_an_empty_form_names_every_missing_field_and_moves_the_focus_to_the_first(
    page: Page, publisher: PublisherSite, article_url: str
) -> None:
    page.goto(publisher.page("article", url=article_url))
    widget = Widget(page).ready()
    tab_to(widget.button("Post comment"))
    page.keyboard.press("Enter")

    for label in ("Comment", "Name", "Email"):
        expect(widget.field(label)).to_have_attribute("aria-invalid", "true")
        assert described(widget.field(label)) == "Please fill in this field."
    expect(widget.field("Website")).not_to_have_attribute("aria-invalid", "true")
    expect(widget.field("Comment")).to_be_focused()


def test_a_reader_without_a_mouse_corrects_what_the_service_refused_and_is_published(
    page: Page, publisher: PublisherSite, article_url: str
) -> None:
    good = once(GOOD)
    page.goto(publisher.page("article", url=article_url))
    widget = Widget(page).ready()
    for label, text in [
        ("Comment", good),
        ("Name", "Ada"),
        ("Email", "ada@localhost"),
        ("Website", "javascript:alert(1)"),
    ]:
        tab_to(widget.field(label))
        page.keyboard.type(text)
    tab_to(widget.button("Post comment"))
    page.keyboard.press("Enter")

    expect(widget.field("Website")).to_have_attribute("aria-invalid", "true")
    expect(widget.field("Email")).to_be_focused()
    assert described(widget.field("Email"))
    assert described(widget.field("Website"))
    expect(widget.field("Comment")).to_have_value(good)
    expect(widget.field("Comment")).not_to_have_attribute("aria-invalid", "true")

    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("ada@mailbox.example.org")
    page.keyboard.press("Tab")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.press("Delete")
    page.keyboard.press("Enter")
    widget.expect_published(good)


def test_reply_and_cancel_work_by_keyboard_and_keep_the_text(
    page: Page, publisher: PublisherSite, article_url: str
) -> None:
    good = once(GOOD)
    page.goto(publisher.page("article", url=article_url))
    widget = Widget(page).ready()
    widget.post(body=good, name="Ada", email="ada@mailbox.example.org")
    widget.expect_published(good)

    tab_to(widget.button("Reply"))
    page.keyboard.press("Enter")
    expect(widget.field("Comment")).to_be_focused()
    page.keyboard.type("Half a thought")
    tab_to(widget.button("Cancel"))
    page.keyboard.press("Enter")

    expect(widget.root.get_by_role("heading", name="Leave a comment")).to_be_visible()
    expect(widget.field("Comment")).to_have_value("Half a thought")
