"""What a reader waits for and sees: visits to the article with each client, in Chromium, one after the other.

Here: one visit and what it reports. Not here: which visits make the figures (`rounds`), what the page is (`pages`),
how the moment of painting is told (observe.js).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page, ViewportSize, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
WINDOW = ViewportSize(width=1280, height=900)
PATIENCE_MS = 60_000
OBSERVER = Path(__file__).with_name("observe.js")
# Ends when the page has had two quiet moments; before, late work of the client would be missed.
QUIET = "() => new Promise(done => requestIdleCallback(() => requestIdleCallback(() => done())))"


class NoBrowser(Exception):
    """Chromium cannot be started; the message says so in a line."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Milliseconds from the navigation; `shift`: cumulative layout shift; `drawn`: how many comments stand there.

    `requests`: for how many files and answers the page has asked, without its own.
    """

    first_comment_ms: float
    shift: float
    long_tasks: int
    longest_task_ms: float
    requests: int
    drawn: int


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser for all visits. Raises `NoBrowser`."""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, headless=True)
        except Error as error:
            raise NoBrowser(f"{CHROMIUM} cannot be started: {error.message.splitlines()[0]}") from error
        try:
            yield browser
        finally:
            browser.close()


def cold_and_warm(browser: Browser, url: str, slowed: int) -> tuple[Visit, Visit]:
    """A first visit with nothing kept, and one more by the same reader. `slowed`: by how much the processor is."""
    context = browser.new_context(viewport=WINDOW, locale="en-GB")
    context.add_init_script(path=OBSERVER)
    try:
        page = _opened(context, url, slowed)
        return _visit(page, url), _visit(page, url)
    finally:
        context.close()


def _opened(context: BrowserContext, url: str, slowed: int) -> Page:
    """A page that is on the site already, so that the start of its process does not count."""
    page = context.new_page()
    page.goto(url[: url.index("/", len("http://")) + 1])
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowed})
    return page


def _visit(page: Page, url: str) -> Visit:
    page.goto(url, wait_until="networkidle", timeout=PATIENCE_MS)
    page.wait_for_function("window.seen.comment !== null", polling=100, timeout=PATIENCE_MS)
    page.evaluate(QUIET)
    seen: dict[str, Any] = page.evaluate("({ ...window.seen, drawn: countComments(), requests: countRequests() })")
    durations = [duration for _, duration in seen["tasks"]]
    return Visit(
        first_comment_ms=seen["comment"],
        shift=cumulative_shift(seen["shifts"]),
        long_tasks=len(durations),
        longest_task_ms=max(durations, default=0.0),
        requests=seen["requests"],
        drawn=seen["drawn"],
    )


def cumulative_shift(shifts: list[tuple[float, float]]) -> float:
    """The largest sum over a window of at most 5 s without a pause of 1 s, as web.dev defines it for CLS."""
    worst = total = 0.0
    begun = last = float("-inf")
    for moment, value in shifts:
        if moment - last >= 1000 or moment - begun >= 5000:
            begun, total = moment, 0.0
        last, total = moment, total + value
        worst = max(worst, total)
    return worst
