"""Fixtures of the widget's tests: one Chromium for all, a fresh profile and a fresh article for each."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.pages.layouts import CORNERS, EVERYWHERE, Visit, visits
from tests.browser.pages.library import Library
from tests.browser.pages.serve import PublisherSite
from tests.browser.pages.widget import Wire
from tests.stacks.stack import Stack

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET, headless=True)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def wire(page: Page) -> Wire:
    return Wire.of(page)


@pytest.fixture
def article_url() -> str:
    """An article nobody has written under yet, so that no test sees another's comments."""
    return f"https://news.example/{uuid.uuid4().hex}"


@pytest.fixture(scope="session")
def library(sqlite_stack: Stack) -> Library:
    """Threads with comments in them, in the running installation."""
    return Library(sqlite_stack)


@pytest.fixture(params=CORNERS, ids=str)
def visit(request: pytest.FixtureRequest, page: Page, publisher: PublisherSite) -> Visit:
    """`visit(url)` opens the article `url` and gives its widget: on a wide page, and on a narrow right-to-left one."""
    return visits(request.param, page, publisher)


@pytest.fixture(params=EVERYWHERE, ids=str)
def visit_everywhere(request: pytest.FixtureRequest, page: Page, publisher: PublisherSite) -> Visit:
    """The same for both widths in both directions."""
    return visits(request.param, page, publisher)
