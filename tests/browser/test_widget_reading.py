"""What a reader sees who does not write: pages, orders, a closed thread, links to a comment."""

from __future__ import annotations

from functools import partial

from playwright.sync_api import Page, Route, expect

from tests.browser.pages.serve import PublisherSite
from tests.browser.pages.widget import PATIENCE_MS, Widget, once
from tests.stacks.reader import Reader
from tests.stacks.waiting import until

pytest_plugins = ("tests.browser.pages.fixtures",)

TEXTS = (
    "The new cycle lane on the bridge is wide enough for two, which I did not expect.",
    "The ferry was slower, but the view from the water is what I will miss.",
    "The drawings of the bridge were new to me, and the old photograph shows how narrow it was.",
)


def published(service: str, url: str) -> list[str]:
    """Publishes the three texts under `url`, one after the other, and gives them as they stand there."""
    reader = Reader(service)
    for number, text in enumerate(TEXTS, start=1):
        assert reader.post(once(text), url=url).status_code == 202
        until(partial(_holds, reader, url, number), f"{number} comments are shown", 15)
    return [comment["html"].removeprefix("<p>").removesuffix("</p>") for comment in reader.shown(url)]


def _holds(reader: Reader, url: str, number: int) -> bool:
    return len(reader.shown(url)) == number


def test_further_pages_are_appended_and_the_focus_goes_to_the_first_new_comment(
    page: Page, publisher: PublisherSite, article_url: str
) -> None:
    texts = published(publisher.service, article_url)
    # Pages of two instead of fifty.
    page.route("**/comments?**", lambda route: route.continue_(url=f"{route.request.url}&limit=2"))
    page.goto(publisher.page("article", url=article_url))
    widget = Widget(page).ready()
    articles = widget.root.get_by_role("article")
    expect(articles).to_have_count(2, timeout=PATIENCE_MS)

    widget.button("Show more comments").click()
    expect(articles).to_have_count(3)
    expect(widget.comment(texts[2])).to_be_focused()
    expect(widget.button("Show more comments")).to_be_hidden()


def test_the_order_is_the_readers_choice(page: Page, publisher: PublisherSite, article_url: str) -> None:
    texts = published(publisher.service, article_url)
    page.goto(publisher.page("article", url=article_url))
    widget = Widget(page).ready()
    articles = widget.root.get_by_role("article")
    expect(articles.first).to_contain_text(texts[0])
    widget.field("Comment").fill("Half a thought")

    widget.root.get_by_label("Sort by").select_option("newest")
    expect(articles.first).to_contain_text(texts[2])
    expect(articles).to_have_count(3)
    expect(widget.field("Comment")).to_have_value("Half a thought")


def test_a_link_to_a_comment_brings_the_reader_to_it(page: Page, publisher: PublisherSite, article_url: str) -> None:
    texts = published(publisher.service, article_url)
    page.set_viewport_size({"width": 800, "height": 300})
    page.goto(publisher.page("article", url=article_url))
    last = Widget(page).ready().comment(texts[2])
    link = last.locator("[part=permalink]").get_attribute("href")
    assert link is not None
    assert link.startswith(f"{article_url}#comment-")

    page.goto("about:blank")
    page.goto(publisher.page("article", url=article_url) + "#" + link.partition("#")[2])
    expect(last).to_be_focused()
    expect(last).to_be_in_viewport()


def test_a_closed_thread_offers_neither_form_nor_reply(page: Page, publisher: PublisherSite, article_url: str) -> None:
    texts = published(publisher.service, article_url)

    def close(route: Route) -> None:
        answer = route.fetch()
        page_of_thread = answer.json()
        page_of_thread["thread"]["open"] = False
        route.fulfill(response=answer, json=page_of_thread)

    page.route("**/comments?**", close)
    page.goto(publisher.page("article", url=article_url))
    widget = Widget(page)
    expect(widget.comment(texts[0])).to_be_visible()
    expect(widget.root.get_by_text("Comments are closed.", exact=True)).to_be_visible()
    expect(widget.root.get_by_role("form")).to_have_count(0)
    expect(widget.button("Reply")).to_have_count(0)
