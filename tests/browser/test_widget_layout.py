"""Narrow columns, right-to-left pages, several threads on a page, lazy loading, languages, and the events for pages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages.serve import PublisherSite
from tests.browser.pages.widget import Widget, once

pytest_plugins = ("tests.browser.pages.fixtures",)

LONG = "A word_without_any_place_to_break_it_" + "x" * 200 + " and a fair remark about the bridge."


@pytest.mark.parametrize("kind", ["article", "right_to_left"])
def test_a_narrow_page_never_scrolls_sideways(
    page: Page, publisher: PublisherSite, article_url: str, kind: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(publisher.page(kind, url=article_url))
    widget = Widget(page).ready()
    widget.button("Post comment").click()
    expect(widget.field("Comment")).to_have_attribute("aria-invalid", "true")
    widget.post(body=once(LONG), name="N" * 80, email="ada@mailbox.example.org")
    expect(widget.comment("A word_without")).to_be_visible(timeout=15_000)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_right_to_left_pages_turn_the_layout(page: Page, publisher: PublisherSite, article_url: str) -> None:
    page.goto(publisher.page("right_to_left", url=article_url))
    widget = Widget(page).ready()
    button, form = widget.button("Post comment").bounding_box(), widget.root.get_by_role("form").bounding_box()
    assert button is not None
    assert form is not None
    assert button["x"] + button["width"] > form["x"] + form["width"] * 0.9


def test_two_threads_on_a_page_keep_to_themselves(page: Page, publisher: PublisherSite, article_url: str) -> None:
    with page.expect_response("**/counts?**") as counts:
        page.goto(publisher.page("two_threads", url=article_url))
    assert counts.value.url.count("url=") == 2
    first = Widget(page, "#first comment-section").ready()
    second = Widget(page, "#second comment-section").ready()
    text = once("I walked along the river yesterday and saw the old lamps, which the council means to keep.")
    first.post(body=text, name="Ada", email="ada@mailbox.example.org")
    first.expect_published(text)
    expect(second.comment(text)).to_have_count(0)
    expect(second.field("Name")).to_have_value("")

    assert page.context.browser is not None
    later = page.context.browser.new_page()
    later.goto(page.url)
    expect(later.locator("#first comment-count")).to_have_text("1 comment")
    expect(later.locator("#second comment-count")).to_have_text("0 comments")
    later.close()


def test_lazy_asks_for_nothing_until_the_reader_is_near(page: Page, publisher: PublisherSite, article_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/" in request.url else None)
    page.goto(publisher.page("lazy", url=article_url), wait_until="networkidle")
    assert asked == []
    page.mouse.wheel(0, 6000)
    Widget(page).ready()
    assert len(asked) == 1


def test_pages_hear_of_posted_and_published_comments(page: Page, publisher: PublisherSite, article_url: str) -> None:
    page.goto(publisher.page("article", url=article_url))
    page.evaluate(
        """window.heard = [];
        for (const type of ["comment:posted", "comment:published"])
          document.addEventListener(type, ({ detail }) => heard.push([type, detail.id, JSON.stringify(detail)]))"""
    )
    widget = Widget(page).ready()
    text = once("The second span was built by hand, as my grandfather used to tell.")
    widget.post(body=text, name="Ada", email="ada@mailbox.example.org")
    widget.expect_published(text)
    heard = page.evaluate("heard")
    assert [kind for kind, _, _ in heard] == ["comment:posted", "comment:published"]
    assert heard[0][1] == heard[1][1]
    assert "ada@mailbox" not in str(heard)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("de-AT", "Ihre E-Mail-Adresse wird nicht veröffentlicht."),
        ("fr", "Votre adresse e-mail ne sera pas publiée."),
        ("es", "Su dirección de correo electrónico no se publicará."),
        ("tlh", "Your email address will not be published."),
    ],
)
def test_the_widget_speaks_the_language_it_is_told(
    page: Page, publisher: PublisherSite, article_url: str, lang: str, words: str
) -> None:
    page.goto(publisher.page("article", url=article_url))
    page.evaluate("lang => document.querySelector('comment-section').setAttribute('lang', lang)", lang)
    expect(Widget(page).root.get_by_text(words, exact=False)).to_be_visible()
