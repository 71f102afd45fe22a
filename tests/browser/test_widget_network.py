"""A connection that breaks while a comment is sent: one comment in the end, and its text never lost."""

from __future__ import annotations

import time

from playwright.sync_api import Page, Route, expect

from tests.browser.pages.serve import PublisherSite
from tests.browser.pages.widget import Widget, once

pytest_plugins = ("tests.browser.pages.fixtures",)

GOOD = "The ferry was slower, but the view from the water is what I will miss."


class BreakingLine:
    """Breaks the first POSTs of a comment, each in its own way, and counts all of them and their keys."""

    def __init__(self, page: Page, *faults: str) -> None:
        self.faults = list(faults)
        self.keys: list[str] = []
        page.route("**/api/v1/sites/*/comments", self._handle)

    def _handle(self, route: Route) -> None:
        fault = "none"
        if route.request.method == "POST":
            self.keys.append(route.request.headers["idempotency-key"])
            fault = self.faults.pop(0) if self.faults else "none"
        if fault == "answer lost":
            route.fetch()
        if fault == "none":
            route.continue_()
        else:
            route.abort("connectionreset")


def stored(page: Page, publisher: PublisherSite, url: str, text: str) -> int:
    """How many comments with this text the public thread holds."""
    answer = page.request.get(f"{publisher.service}/api/v1/sites/demo/comments", params={"url": url})
    return sum(text in comment["html"] for comment in answer.json()["comments"])


def test_a_post_broken_twice_is_stored_once(page: Page, publisher: PublisherSite, article_url: str) -> None:
    good = once(GOOD)
    line = BreakingLine(page, "answer lost", "never sent")
    page.goto(publisher.page("article", url=article_url))
    widget = Widget(page).ready()
    widget.post(body=good, name="Ada", email="ada@mailbox.example.org")

    expect(widget.root.get_by_text("The connection failed. Trying again…")).to_be_visible()
    expect(widget.field("Comment")).to_have_value(good)
    widget.expect_published(good)
    assert len(line.keys) == 3
    assert len(set(line.keys)) == 1
    assert stored(page, publisher, article_url, "ferry") == 1


def test_when_all_tries_fail_the_text_stays_and_one_press_sends_it(
    page: Page, publisher: PublisherSite, article_url: str
) -> None:
    good = once(GOOD)
    line = BreakingLine(page, "never sent", "answer lost", "never sent", "never sent")
    page.goto(publisher.page("article", url=article_url))
    widget = Widget(page).ready()
    widget.post(body=good, name="Ada", email="ada@mailbox.example.org")

    expect(widget.alert.get_by_text("Your comment could not be sent.", exact=False)).to_be_visible(timeout=20_000)
    expect(widget.field("Comment")).to_have_value(good)
    expect(widget.field("Comment")).to_be_editable()
    widget.button("Try again").click()
    widget.expect_published(good)
    assert len(set(line.keys)) == 1
    assert stored(page, publisher, article_url, "ferry") == 1


def test_a_thread_that_cannot_be_loaded_says_so_and_loads_on_request(
    page: Page, publisher: PublisherSite, article_url: str
) -> None:
    pattern = "**/api/v1/sites/*/comments?**"
    page.route(pattern, lambda route: route.abort())
    page.goto(publisher.page("article", url=article_url))
    widget = Widget(page).ready()
    expect(widget.root.get_by_text("The comments could not be loaded.", exact=False)).to_be_visible()
    page.unroute(pattern)
    widget.button("Try again").click()
    expect(widget.root.get_by_text("No comments yet.", exact=False)).to_be_visible()


def test_a_form_sent_too_soon_is_held_back_and_says_so(page: Page, publisher: PublisherSite, article_url: str) -> None:
    good = once(GOOD)

    def demand_patience(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "minimum_age_s": 3})

    page.route("**/form?**", demand_patience)
    page.goto(publisher.page("article", url=article_url))
    widget = Widget(page).ready()
    with page.expect_response("**/form?**"):
        widget.field("Comment").focus()
    began = time.monotonic()
    with page.expect_request(lambda request: request.method == "POST"):
        widget.post(body=good, name="Ada", email="ada@mailbox.example.org")
        expect(widget.root.get_by_text("One moment: a short pause keeps robots away…")).to_be_visible()
    assert time.monotonic() - began > 2.5
    widget.expect_published(good)


def test_an_expired_form_token_is_renewed_without_a_word(
    page: Page, publisher: PublisherSite, article_url: str
) -> None:
    good = once(GOOD)
    answers: list[int] = []
    page.on("response", lambda answer: answers.append(answer.status) if answer.request.method == "POST" else None)

    def spoil(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "form_token": "long-gone"})

    page.route("**/form?**", spoil, times=1)
    page.goto(publisher.page("article", url=article_url))
    widget = Widget(page).ready()
    widget.post(body=good, name="Ada", email="ada@mailbox.example.org")
    widget.expect_published(good)
    assert answers == [422, 202]
