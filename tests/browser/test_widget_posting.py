"""A reader writes, waits and is published; and what the reader typed for the service alone never comes back."""

from __future__ import annotations

import time

from playwright.sync_api import Page, expect

from tests.browser.pages.serve import PublisherSite
from tests.browser.pages.widget import Widget, Wire, once

pytest_plugins = ("tests.browser.pages.fixtures",)

GOOD = "The new cycle lane on the bridge is wide enough for two, which I did not expect."
EMAIL = "Ada.Quiet-Lovelace@mailbox.example.org"


def test_a_comment_is_published_without_a_reload_and_the_email_never_comes_back(
    page: Page, wire: Wire, publisher: PublisherSite, article_url: str
) -> None:
    good = once(GOOD)
    page.goto(publisher.page("article", url=article_url))
    page.evaluate("window.stillTheSamePage = true")
    widget = Widget(page).ready()
    expect(
        widget.root.get_by_text("Your email address will not be published. Required fields are marked *", exact=True)
    ).to_be_visible()

    widget.post(body=good, name="Ada", email=EMAIL, website="https://ada.example/")

    expect(widget.comment(good)).to_be_visible()
    widget.expect_published(good)
    expect(widget.root.get_by_role("heading", name="1 comment", exact=True)).to_be_visible()
    assert page.evaluate("window.stillTheSamePage") is True
    assert wire.bodies
    assert wire.holding(EMAIL) == []
    assert wire.holding("Quiet-Lovelace") == []
    assert EMAIL not in page.evaluate("JSON.stringify({...localStorage, ...sessionStorage}) + document.cookie")
    assert wire.complaints == []


def test_the_post_is_answered_within_a_second_once_the_reader_has_taken_time_to_write(
    page: Page, publisher: PublisherSite, article_url: str
) -> None:
    good = once(GOOD)
    page.goto(publisher.page("article", url=article_url))
    widget = Widget(page).ready()
    with page.expect_response("**/form?**"):
        widget.field("Comment").focus()
    widget.fill(body=good, name="Ada", email=EMAIL)
    # The reader's thinking time: the form token is refused below its minimum age of two seconds.
    page.wait_for_timeout(2100)
    began = time.monotonic()
    widget.button("Post comment").click()
    expect(widget.comment(good)).to_be_visible()
    assert time.monotonic() - began < 1


def test_a_reply_stands_below_its_comment_for_the_next_reader_too(
    page: Page, publisher: PublisherSite, article_url: str
) -> None:
    good = once(GOOD)
    page.goto(publisher.page("article", url=article_url))
    widget = Widget(page).ready()
    widget.post(body=good, name="Ada", email=EMAIL)
    widget.expect_published(good)

    widget.comment(good).get_by_role("button", name="Reply").click()
    expect(widget.root.get_by_role("heading", name="Reply to Ada")).to_be_visible()
    answer = once("The ramp on the eastern side was still wet when I crossed, but the view made up for the climb.")
    widget.post(body=answer, name="Grace", email="grace@mailbox.example.org")
    widget.expect_published(answer)
    page.reload()

    below = widget.ready().root.get_by_role("list", name="Replies to Ada")
    expect(below.get_by_role("article").filter(has_text=answer)).to_be_visible()


def test_the_author_sees_the_waiting_comment_after_a_reload_and_nobody_else_does(
    page: Page, publisher: PublisherSite, article_url: str
) -> None:
    page.goto(publisher.page("article", url=article_url))
    held = once("BUY CHEAP WATCHES http://watches.example/1 http://watches.example/2 best casino bonus viagra")
    widget = Widget(page).ready()
    widget.post(body=held, name="Best Watches", email="seller@mailbox.example.org")
    expect(widget.comment("BUY CHEAP")).to_be_visible(timeout=15_000)
    page.reload()
    expect(widget.ready().comment("BUY CHEAP")).to_be_visible()

    assert page.context.browser is not None
    stranger = page.context.browser.new_page()
    with stranger.expect_response("**/comments?**") as answer:
        stranger.goto(publisher.page("article", url=article_url))
    assert b"CHEAP" not in answer.value.body()
    expect(Widget(stranger).ready().comment("BUY CHEAP")).to_have_count(0)
    stranger.close()


def test_a_refused_comment_tells_its_author_why_and_leaves_when_understood(
    page: Page, publisher: PublisherSite, article_url: str
) -> None:
    page.goto(publisher.page("article", url=article_url))
    widget = Widget(page).ready()
    # What a robot does: it fills every field there is, the one that people do not see as well.
    widget.root.locator("input[name=subject]").evaluate("field => { field.value = 'Cheap watches'; }")
    widget.post(body=once(GOOD), name="Robot", email="robot@mailbox.example.org")
    refusal = widget.comment("Your comment was not published.")
    expect(refusal).to_contain_text("It was taken for spam.", timeout=15_000)
    page.reload()
    expect(widget.ready().comment("It was taken for spam.")).to_be_visible()

    with page.expect_popup() as opened:
        refusal.get_by_role("link", name="Why, and how to object").click()
    expect(opened.value.get_by_role("heading", name="Why it is not published")).to_be_visible()
    opened.value.close()

    widget.button("Understood").click()
    expect(refusal).to_have_count(0)
    page.reload()
    expect(widget.ready().root.get_by_text("No comments yet.", exact=False)).to_be_visible()
    expect(refusal).to_have_count(0)


def test_the_author_edits_and_deletes_the_own_comment(page: Page, publisher: PublisherSite, article_url: str) -> None:
    good = once(GOOD)
    page.goto(publisher.page("article", url=article_url))
    widget = Widget(page).ready()
    widget.post(body=good, name="Ada", email=EMAIL)
    widget.expect_published(good)

    widget.button("Edit").click()
    better = once("The new cycle lane was still wet when I crossed the bridge, and the view made up for the climb.")
    widget.root.get_by_label("Edit your comment").fill(better)
    widget.button("Save").click()
    expect(widget.comment(good)).to_have_count(0)
    widget.expect_published(better)

    widget.button("Delete").click()
    widget.root.get_by_role("form", name="Delete").get_by_role("button", name="Delete").click()
    expect(widget.comment(better)).to_have_count(0)
    expect(widget.button("Undo")).to_be_focused()
    page.reload()
    expect(widget.ready().root.get_by_text("No comments yet.", exact=False)).to_be_visible()


def test_nothing_is_kept_on_the_device_before_the_reader_acts(
    page: Page, wire: Wire, publisher: PublisherSite, article_url: str
) -> None:
    page.goto(publisher.page("article", url=article_url))
    Widget(page).ready().field("Name").fill("Only typed, never sent")
    page.get_by_role("button", name="Follow").focus()
    expect(Widget(page).root.get_by_text("No comments yet.", exact=False)).to_be_visible()
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert page.context.cookies() == []
    assert all(url.startswith((publisher.service, publisher.origin)) for url in wire.requested), wire.requested
