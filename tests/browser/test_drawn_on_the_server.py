"""The first page drawn into the article by the publisher's server: the same elements, taken over in place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages.library import Library
from tests.browser.pages.serve import PublisherSite
from tests.browser.pages.widget import Widget, Wire, once

pytest_plugins = ("tests.browser.pages.fixtures",)

# All that the widget needs, and the style sheet of the drawn page.
POLICY = (
    "default-src 'none'; script-src {service}; connect-src {service}; style-src {service}; form-action {service}; "
    "require-trusted-types-for 'script'; trusted-types comments-service"
)

# Every element with its attributes and words, a line each. Left out is what has to differ: times are the reader's own,
# and what needs the widget to work is a link or has an address until then.
TELL = """
(element) => {
  const lines = [];
  const walk = (node, depth) => {
    if (node.nodeType === Node.TEXT_NODE) {
      if (node.data) lines.push("  ".repeat(depth) + JSON.stringify(node.data));
      return;
    }
    const link = node.localName === "a" && /\\bbutton\\b/.test(node.part.value);
    const left = { a: link ? ["href"] : [], form: ["action", "method"], button: ["type"] }[node.localName] ?? [];
    const attributes = [...node.attributes].map(({ name, value }) => `${name}=${value}`);
    const kept = attributes.filter((one) => !left.includes(one.split("=")[0])).sort().join(" ");
    lines.push("  ".repeat(depth) + `${link ? "button" : node.localName} ${kept}`);
    if (node.localName !== "time") for (const child of node.childNodes) walk(child, depth + 1);
  };
  walk(element.shadowRoot.querySelector(".root"), 0);
  return lines;
}
"""


@pytest.fixture
def without_javascript(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(java_script_enabled=False, locale="en-GB")
    yield context.new_page()
    context.close()


def _told(page: Page, address: str, *, script: bool) -> list[str]:
    """What is in the shadow root: as the server drew it, or as the widget does."""
    if not script:
        page.route("**/embed.js", lambda route: route.abort())
    page.goto(address)
    section = page.locator("comment-section")
    if script:
        Widget(page).ready()
        expect(section.get_by_role("heading", level=2)).not_to_have_text("Comments")
    told: list[str] = section.evaluate(TELL)
    page.unroute("**/embed.js")
    return told


def test_a_page_that_comes_in_pieces_is_taken_over_only_when_it_is_whole(
    page: Page, wire: Wire, publisher: PublisherSite, library: Library
) -> None:
    publisher.whole_pages.clear()
    try:
        page.goto(publisher.page("drawn", url=library.folded), wait_until="commit")
        # The script does not wait for the page's end: it runs while the drawn comments are still coming in.
        page.wait_for_function("() => customElements.get('comment-section') && document.readyState === 'loading'")
        section = page.locator("comment-section")
        expect(section.get_by_role("article")).to_have_count(2)
        assert section.locator("link[rel=stylesheet]").count() == 1
    finally:
        publisher.whole_pages.set()
    expect(section.locator("time").first).not_to_contain_text("UTC")
    expect(section.locator("script")).to_have_count(0)
    assert [url for url in wire.requested if "/comments?" in url] == []


@pytest.mark.parametrize("thread", ["long", "folded", "wide", "deep"])
def test_the_server_draws_what_the_widget_draws(
    page: Page, publisher: PublisherSite, library: Library, thread: str
) -> None:
    url = getattr(library, thread)
    drawn = _told(page, publisher.page("drawn", url=url), script=False)
    assert drawn == _told(page, publisher.page("article", url=url), script=True)
    assert len(drawn) > 50


def test_the_widget_takes_over_without_a_request_and_nothing_moves(
    page: Page, wire: Wire, publisher: PublisherSite, library: Library
) -> None:
    page.add_init_script("""
      window.shifts = [];
      new PerformanceObserver((list) => shifts.push(...list.getEntries().map((entry) => entry.value)))
        .observe({ type: "layout-shift", buffered: true });
    """)
    page.goto(publisher.page("drawn", url=library.folded, policy=POLICY.format(service=publisher.service)))
    section = page.locator("comment-section")
    expect(section.locator("script")).to_have_count(0)
    expect(section.locator("time").first).not_to_contain_text("UTC")
    assert [url for url in wire.requested if "/comments?" in url] == []
    assert page.evaluate("shifts") == []
    assert wire.complaints == []
    # It is alive: what was folded away comes out of the same data.
    section.get_by_role("button", name="Show 5 replies").click()
    expect(section.get_by_role("button", name="Hide replies")).to_be_visible()


def test_without_javascript_the_drawn_form_is_sent_to_the_plain_page(
    without_javascript: Page, publisher: PublisherSite, article_url: str
) -> None:
    page, text = without_javascript, once("Written into the drawn form.")
    page.goto(publisher.page("drawn", url=article_url, policy=POLICY.format(service=publisher.service)))
    widget = Widget(page).ready()
    widget.post(body=text, name="Ada", email="ada@mailbox.example.org")
    # This site asks for no form token; where one is asked for, the plain page shows the form once more (HTTP tests).
    expect(page.get_by_role("status")).to_contain_text("Your comment has been received.")
