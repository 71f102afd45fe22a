"""Following a thread: by its feed always, by mail where the service can send some."""

from __future__ import annotations

from playwright.sync_api import Page, Request, Route, expect

from tests.browser.pages.keyboard import press
from tests.browser.pages.layouts import Visit
from tests.browser.pages.library import Library
from tests.browser.pages.serve import PublisherSite
from tests.browser.pages.widget import PATIENCE_MS, once

pytest_plugins = ("tests.browser.pages.fixtures",)


def with_mail(page: Page) -> None:
    """The thread as a service with a mail server tells it."""

    def say(route: Route) -> None:
        answer = route.fetch()
        told = answer.json()
        told["thread"]["follow"] = True
        route.fulfill(response=answer, json=told)

    page.route("**/comments?**", say)


def test_without_mail_there_is_the_feed_alone(visit_everywhere: Visit, library: Library) -> None:
    widget = visit_everywhere(library.small())
    press(widget.button("Follow"))
    feed = widget.root.get_by_role("link", name="Subscribe to the feed")
    expect(feed).to_be_focused()
    expect(widget.root.get_by_role("form", name="Email me")).to_have_count(0)
    answer = widget.page.request.get(feed.get_attribute("href") or "")
    assert answer.ok
    assert "Remark 2 of Ben." in answer.text()

    widget.page.keyboard.press("Escape")
    expect(feed).to_have_count(0)
    expect(widget.button("Follow")).to_be_focused()


def test_with_mail_an_address_is_asked_for_and_the_answer_tells_nothing_of_it(
    visit_everywhere: Visit, library: Library, page: Page, publisher: PublisherSite
) -> None:
    with_mail(page)
    sent: list[object] = []

    def take(route: Route) -> None:
        sent.append(route.request.post_data_json)
        route.fulfill(status=202, json={}, headers={"Access-Control-Allow-Origin": publisher.origin})

    page.route("**/follows", take)
    url = library.small()
    widget = visit_everywhere(url)
    press(widget.button("Follow"))
    form = widget.root.get_by_role("form", name="Email me")
    expect(form.get_by_label("Email")).to_be_focused()
    page.keyboard.press("Enter")
    expect(form.get_by_label("Email")).to_be_focused()
    expect(form.get_by_text("Please fill in this field.")).to_be_visible()
    page.keyboard.type("ada@mailbox.example.org")
    page.keyboard.press("Enter")
    thanks = "If this address can be used, an email with a link to confirm is on its way."
    expect(widget.root.locator("[part=thanks]")).to_have_text(thanks)
    assert sent == [{"url": url, "email": "ada@mailbox.example.org", "lang": "en"}]


def test_only_with_mail_may_one_ask_to_be_told_of_replies(visit: Visit, library: Library, page: Page) -> None:
    asked = "Email me about replies to my comment"
    widget = visit(library.small())
    widget.field("Comment").focus()
    expect(widget.root.get_by_role("toolbar")).to_be_visible()
    expect(widget.root.get_by_label(asked)).to_have_count(0)
    with_mail(page)
    widget = visit(library.small())
    widget.field("Comment").focus()
    expect(widget.root.get_by_label(asked)).not_to_be_checked()


def test_mails_about_replies_are_asked_for_by_a_tick_in_the_widgets_language(
    visit: Visit, page: Page, library: Library
) -> None:
    with_mail(page)
    sent: list[dict[str, object]] = []
    page.on("request", lambda request: sent.append(request.post_data_json) if _posts_a_comment(request) else None)
    widget = visit(library.small())
    widget.field("Comment").fill("Is the new bridge open in winter as well?")
    expect(widget.root.get_by_label("Email me about replies to my comment")).not_to_be_checked()
    widget.root.get_by_label("Email me about replies to my comment").check()
    body = once("Is the new bridge open in winter as well?")
    widget.post(body=body, name="Ada", email="ada@mailbox.example.org")
    expect(widget.comment(body)).to_be_visible(timeout=PATIENCE_MS)
    assert [(one["notify"], one["lang"]) for one in sent] == [(True, "en")]


def _posts_a_comment(request: Request) -> bool:
    return request.method == "POST" and request.url.endswith("/comments")
