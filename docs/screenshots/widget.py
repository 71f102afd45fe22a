"""Pictures of the widget in each of its states, and of the page for readers without JavaScript."""

from urllib.parse import quote

from playwright.sync_api import Browser, Page, expect

from docs.screenshots import arabic_article
from docs.screenshots.stage import Demo, keep, opened
from tests.browser.pages.widget import Widget

LIVELY, QUIET = "sochi-talks-loan", "garden-in-the-salt-wind"
QUESTION = (
    "My grandmother watered her beans at five in the morning and swore that the salt sleeps longer than she does. "
    "I always took that for a joke.\n\nDoes rinsing at **night** do the same?"
)


def photograph(browser: Browser, demo: Demo) -> None:
    """All of them. Sets the demo to premoderation on the way, for the comment that waits."""
    for name, width, dark in (("widget-light", 900, False), ("widget-dark", 900, True), ("widget-320", 320, False)):
        page = opened(browser, width=width, dark=dark)
        page.goto(f"{demo.base}/demo/{LIVELY}")
        _show_comments(page)
        keep(page, name)
    _photograph_empty(browser, demo)
    _photograph_errors(browser, demo)
    _photograph_waiting(browser, demo)
    _photograph_arabic(browser, demo)
    _photograph_without_javascript(browser, demo)


def _scroll_to_widget(page: Page) -> None:
    """It loads nothing before; and what stands above it may still have grown since."""
    page.evaluate("document.querySelector('comment-section').scrollIntoView()")


def _show_comments(page: Page) -> None:
    _scroll_to_widget(page)
    Widget(page).ready().root.get_by_role("article").first.wait_for()
    page.wait_for_load_state("networkidle")
    _scroll_to_widget(page)


def _photograph_empty(browser: Browser, demo: Demo) -> None:
    page = _under_new_article(browser, demo, height=620)
    keep(page, "widget-empty")


def _photograph_errors(browser: Browser, demo: Demo) -> None:
    """Sent with a slip in the address and without a comment."""
    page = _under_new_article(browser, demo, height=760)
    widget = Widget(page)
    widget.post(body="", name="Nora Petersen", email="nora(at)example.org")
    expect(widget.field("Comment")).to_have_attribute("aria-invalid", "true")
    expect(widget.field("Email")).to_have_attribute("aria-invalid", "true")
    keep(page, "widget-error")


def _photograph_waiting(browser: Browser, demo: Demo) -> None:
    demo.command("site", "set", "demo", "premoderate=true")
    page = _under_new_article(browser, demo, height=900)
    widget = Widget(page)
    widget.post(body=QUESTION, name="Nora Petersen", email="nora@example.org")
    expect(widget.waiting).to_be_visible(timeout=15_000)
    _scroll_to_widget(page)
    keep(page, "widget-waiting")


def _under_new_article(browser: Browser, demo: Demo, height: int) -> Page:
    """The widget under an article that nobody has written about."""
    page = opened(browser, width=900, height=height)
    page.goto(f"{demo.base}/demo/{QUIET}")
    page.locator("comment-section").evaluate("section => section.setAttribute('url', `${location.href}?new`)")
    _scroll_to_widget(page)
    expect(Widget(page).ready().root.get_by_text("No comments yet")).to_be_visible()
    _scroll_to_widget(page)
    return page


def _photograph_arabic(browser: Browser, demo: Demo) -> None:
    page = opened(browser, width=900, height=1250)
    page.goto(arabic_article.staged(page, demo))
    page.locator("comment-section").get_by_role("article").first.wait_for()
    page.wait_for_load_state("networkidle")
    keep(page, "widget-arabic")


def _photograph_without_javascript(browser: Browser, demo: Demo) -> None:
    page = opened(browser, width=900, script=False)
    page.goto(f"{demo.base}/sites/demo/thread?url={quote(f'{demo.base}/demo/{LIVELY}', safe='')}")
    keep(page, "without-javascript")
