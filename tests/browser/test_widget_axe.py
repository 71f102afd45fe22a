"""axe-core finds nothing to complain of in any state of the widget: light, dark, wide, narrow, in either direction."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.pages.axe import violations
from tests.browser.pages.layouts import CORNERS, Layout, Visit, visits
from tests.browser.pages.library import Library, comment_id
from tests.browser.pages.serve import PublisherSite
from tests.browser.pages.widget import PATIENCE_MS, Widget, once

pytest_plugins = ("tests.browser.pages.fixtures",)

GOOD = "The lamps along the quay are on again, and the benches have been painted as well."
OWN = re.compile(r"/api/v1/sites/demo/comments/\w+$")
THREAD = "**/api/v1/sites/*/comments?**"


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest, page: Page) -> str:
    """The widget's own colours, on a page whose reader prefers the same."""
    chosen: str = request.param
    page.emulate_media(color_scheme="dark" if chosen == "dark" else "light", reduced_motion="reduce")
    page.add_init_script(
        f"document.addEventListener('DOMContentLoaded', () => document.querySelector('comment-section')"
        f".setAttribute('theme', '{chosen}'));"
    )
    return chosen


@pytest.fixture(params=CORNERS, ids=str)
def opened(request: pytest.FixtureRequest, page: Page, publisher: PublisherSite, theme: str) -> Visit:
    layout: Layout = request.param
    assert theme
    return visits(layout, page, publisher)


def assert_clean(page: Page, state: str) -> None:
    assert violations(page, "comment-section") == [], state


def test_while_reading(page: Page, opened: Visit, library: Library) -> None:
    widget = opened(library.folded)
    assert_clean(page, "list with folded replies")
    widget.root.get_by_role("button", name="replies").first.click()
    assert_clean(page, "unfolded")
    opened(library.deep)
    assert_clean(page, "flattened replies")
    page.goto("about:blank")
    opened(library.long, f"#comment-{comment_id(library.long, 70)}")
    expect(page.locator("comment-section .marked")).to_be_visible()
    assert_clean(page, "a marked comment between earlier and more")


def test_while_nothing_is_there(page: Page, opened: Visit, article_url: str) -> None:
    opened(article_url)
    assert_clean(page, "empty")

    def close(route: Route) -> None:
        answer = route.fetch()
        thread = answer.json()
        thread["thread"]["open"] = False
        route.fulfill(response=answer, json=thread)

    page.route(THREAD, close)
    page.reload()
    expect(page.locator("comment-section").get_by_text("Comments are closed.")).to_be_visible(timeout=PATIENCE_MS)
    assert_clean(page, "closed")
    page.unroute(THREAD)
    page.route(THREAD, lambda route: route.abort())
    page.reload()
    expect(Widget(page).button("Try again")).to_be_visible(timeout=PATIENCE_MS)
    assert_clean(page, "not to be loaded")
    page.unroute(THREAD)
    page.route(THREAD, lambda route: None)
    page.reload()
    expect(page.locator("comment-section").get_by_text("Loading comments…")).to_be_visible(timeout=PATIENCE_MS)
    assert_clean(page, "loading")


def test_while_writing(page: Page, opened: Visit, article_url: str) -> None:
    widget = opened(article_url)
    widget.field("Comment").fill("Half a thought, with **weight**.")
    expect(widget.button("Bold")).to_be_visible()
    expect(widget.root.get_by_text("Your draft is kept on this device.")).to_be_visible()
    assert_clean(page, "form in use")
    widget.button("Preview").click()
    expect(widget.root.locator("[part=preview] strong")).to_be_visible()
    assert_clean(page, "preview")
    widget.button("Back to writing").click()
    widget.button("Post comment").click()
    expect(widget.field("Name")).to_have_attribute("aria-invalid", "true")
    assert_clean(page, "errors")
    # Nobody tells what became of it: the comment stays as it is right after it was sent.
    page.route(OWN, lambda route: route.abort() if route.request.method == "GET" else route.continue_())
    widget.post(body=once(GOOD), name="Ada", email="ada@mailbox.example.org")
    expect(widget.waiting).to_be_visible(timeout=PATIENCE_MS)
    assert_clean(page, "waiting")


def test_while_the_own_comment_is_changed(page: Page, opened: Visit, article_url: str) -> None:
    good = once(GOOD)
    widget = opened(article_url)
    widget.post(body=good, name="Ada", email="ada@mailbox.example.org")
    widget.expect_published(good)
    assert_clean(page, "own comment with its countdown")
    widget.button("Edit").click()
    expect(widget.root.get_by_label("Edit your comment")).to_be_focused()
    assert_clean(page, "editing")
    widget.button("Delete").click()
    assert_clean(page, "asked whether to delete")
    widget.root.get_by_role("form", name="Delete").get_by_role("button", name="Delete").click()
    expect(widget.button("Undo")).to_be_focused()
    assert_clean(page, "deleted")


def test_while_acting(page: Page, opened: Visit, library: Library) -> None:
    widget = opened(library.small())
    widget.button("Follow").click()
    expect(widget.root.get_by_role("link", name="Subscribe to the feed")).to_be_visible()
    assert_clean(page, "following")
    widget.button("More actions").first.click()
    assert_clean(page, "more actions")
    widget.button("Report").click()
    assert_clean(page, "reporting")
    widget.root.get_by_label("What is wrong with this comment?").select_option("illegal")
    widget.button("Send notice").click()
    expect(widget.root.get_by_text("Please fill in this field.").first).to_be_visible()
    assert_clean(page, "a notice with its errors")
    widget.button("Cancel").click()
    widget.button("More actions").first.click()
    widget.button("Hide this author").click()
    expect(widget.button("Show again").first).to_be_visible()
    assert_clean(page, "a hidden author")
    widget.button("Reply").first.click()
    expect(widget.root.get_by_role("heading", name="Reply to")).to_be_visible()
    assert_clean(page, "replying")
