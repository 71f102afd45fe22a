"""The page without JavaScript in a real browser that runs none: read, answer, err, mend; narrow, dark, in Arabic."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages.axe import violations
from tests.browser.pages.widget import once
from tests.stacks.stack import Stack

pytest_plugins = ("tests.browser.pages.fixtures",)

THREAD = "{base}/sites/demo/thread?url={url}"


@pytest.fixture
def plain(chromium: Browser) -> Iterator[Page]:
    """A narrow page of a reader who has switched JavaScript off."""
    context = chromium.new_context(java_script_enabled=False, locale="en-GB", viewport={"width": 320, "height": 700})
    yield context.new_page()
    context.close()


@pytest.fixture
def address(sqlite_stack: Stack, article_url: str) -> str:
    return THREAD.format(base=sqlite_stack.base_url, url=quote(article_url, safe=""))


def _write(page: Page, body: str, email: str = "ada@mailbox.example.org") -> None:
    page.get_by_role("textbox", name="Comment", exact=True).fill(body)
    page.get_by_role("textbox", name="Name", exact=True).fill("Ada")
    page.get_by_role("textbox", name="Email", exact=True).fill(email)
    # A form that is sent within two seconds is taken for a program's.
    page.wait_for_timeout(2100)
    page.get_by_role("button", name="Post comment").click()


def test_a_reader_without_javascript_writes_errs_mends_reads_and_answers(plain: Page, page: Page, address: str) -> None:
    question = once("Does anybody know when the bridge opens again?")
    plain.goto(address)
    expect(plain.get_by_text("No comments yet. Write the first one.")).to_be_visible()
    _write(plain, question, email="ada@nowhere.invalid")
    email = plain.get_by_role("textbox", name="Email", exact=True)
    expect(email).to_be_focused()
    expect(email).to_have_attribute("aria-invalid", "true")
    expect(plain.get_by_role("alert")).to_be_visible()
    expect(plain.get_by_role("textbox", name="Comment", exact=True)).to_have_value(question)
    _write(plain, question)
    expect(plain.get_by_role("status")).to_contain_text("Your comment has been received.")
    _until_shown(plain, address, question)
    plain.get_by_role("link", name="Reply: Ada").click()
    answer = once("On the first of May, says the harbour office.")
    _write(plain, answer)
    _until_shown(plain, address, answer)
    expect(plain.get_by_role("list", name="Replies to Ada").get_by_text(answer)).to_be_visible()
    _expect_accessible(page, address)


def _expect_accessible(page: Page, address: str) -> None:
    """In both directions and colour schemes. axe needs JavaScript; the page holds none, so it is the same with it."""
    page.set_viewport_size({"width": 320, "height": 700})
    for language, direction in (("en", "ltr"), ("ar", "rtl")):
        page.goto(f"{address}&lang={language}")
        assert page.locator("html").get_attribute("dir") == direction
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            assert violations(page) == []


def _until_shown(page: Page, address: str, text: str) -> None:
    """Load the page until the worker has judged."""
    for _ in range(60):
        page.goto(address)
        if page.get_by_text(text).count():
            return
        page.wait_for_timeout(250)
    raise AssertionError(f"not shown after 15 seconds: {text}")


def test_axe_finds_nothing_on_an_empty_thread_and_a_refused_form(page: Page, address: str) -> None:
    page.goto(address)
    assert violations(page) == []
    _write(page, once("A good question."), email="ada@nowhere.invalid")
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == []
