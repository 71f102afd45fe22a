"""The widget among the publisher's things: own words, lazy loading, applications, chunks that fail, its methods."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.pages.keyboard import press, tab_to
from tests.browser.pages.layouts import Visit
from tests.browser.pages.library import Library
from tests.browser.pages.serve import PublisherSite
from tests.browser.pages.widget import Widget, once

pytest_plugins = ("tests.browser.pages.fixtures",)

FAILED = "That did not work. Please try again."


def test_a_publisher_says_things_in_words_of_its_own(page: Page, publisher: PublisherSite, library: Library) -> None:
    page.goto(publisher.page("texts", url=library.small()))
    widget = Widget(page).ready()
    expect(widget.root.get_by_role("heading", name="Tell us what you think")).to_be_visible()
    expect(widget.root.get_by_role("heading", name="3 voices")).to_be_visible()
    expect(widget.root.get_by_label("Sort by")).to_be_visible()
    expect(widget.root.get_by_text("<img src=x onerror=document.title='ran'>").first).to_be_visible()
    widget.field("Comment").focus()
    expect(widget.button("Loud")).to_be_visible()
    assert page.title() == "Words of the publisher's own"


def test_nothing_is_loaded_until_the_reader_is_near_unless_told(
    page: Page, publisher: PublisherSite, library: Library
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/" in request.url else None)
    page.goto(publisher.page("lazy", url=library.small()), wait_until="networkidle")
    assert asked == []
    page.evaluate(
        """const eager = document.querySelector("comment-section").cloneNode();
        eager.setAttribute("lazy", "false");
        document.body.append(eager)"""
    )
    expect(Widget(page, "comment-section[lazy]").comment("Remark 2 of Ben.")).to_be_attached()
    assert len(asked) == 1


def test_an_application_that_goes_to_another_article_takes_the_widget_with_it(
    page: Page, publisher: PublisherSite, library: Library
) -> None:
    first, second = library.small(), library.small()
    page.goto(publisher.page("application", url=first))
    widget = Widget(page).ready()
    link = widget.comment("Remark 2 of Ben.").locator("[part=permalink]")
    expect(link).to_have_attribute("href", f"{first}#comment-" + (link.get_attribute("href") or "").rpartition("-")[2])
    page.evaluate("url => go(url)", second)
    moved = widget.root.locator(f"[part=permalink][href^='{second}#']")
    expect(moved).to_have_count(3)
    good = once("The second span was built by hand, as my grandfather used to tell.")
    widget.post(body=good, name="Ada", email="ada@mailbox.example.org")
    widget.expect_published(good)
    page.evaluate("url => go(url)", first)
    expect(widget.comment(good)).to_have_count(0)
    expect(widget.root.get_by_role("article")).to_have_count(3)


def test_a_form_whose_behaviour_cannot_be_loaded_says_so_keeps_the_text_and_works_later(
    visit: Visit, library: Library
) -> None:
    widget = visit(library.small())
    widget.page.route("**/embed/writing.js*", lambda route: route.abort())
    tab_to(widget.field("Comment"))
    good = once("The second span was built by hand, as my grandfather used to tell.")
    widget.fill(body=good, name="Ada", email="ada@mailbox.example.org")
    widget.button("Post comment").press("Enter")
    expect(widget.root.get_by_text(FAILED)).to_be_visible()
    expect(widget.field("Comment")).to_have_value(good)

    widget.page.unroute("**/embed/writing.js*")
    press(widget.button("Post comment"))
    widget.expect_published(good)


def test_an_action_whose_behaviour_cannot_be_loaded_says_so_and_works_later(visit: Visit, library: Library) -> None:
    widget = visit(library.small())
    widget.page.route("**/embed/acting.js*", lambda route: route.abort())
    press(widget.button("Follow"))
    expect(widget.root.get_by_text(FAILED)).to_be_visible()
    widget.page.unroute("**/embed/acting.js*")
    widget.page.keyboard.press("Enter")
    expect(widget.root.get_by_role("link", name="Subscribe to the feed")).to_be_focused()


def test_a_page_can_refresh_the_thread_and_bring_its_reader_to_the_form(visit: Visit, library: Library) -> None:
    widget = visit(library.small())
    widget.page.evaluate("document.querySelector('comment-section').write()")
    expect(widget.field("Comment")).to_be_focused()
    widget.page.keyboard.type("Half a thought")
    loaded = widget.page.evaluate(
        """() => new Promise((resolve) => {
          document.addEventListener("comment:loaded", ({ detail }) => resolve(detail.count));
          document.querySelector("comment-section").refresh();
        })"""
    )
    assert loaded == 3
    expect(widget.field("Comment")).to_have_value("Half a thought")
    expect(widget.root.get_by_role("article")).to_have_count(3)


def test_a_page_hears_of_everything_that_its_reader_does(visit: Visit, library: Library) -> None:
    widget = visit(library.small())
    widget.page.evaluate(
        """window.heard = [];
        for (const type of ["voted", "reported", "posted", "edited", "deleted"])
          document.addEventListener(`comment:${type}`, () => heard.push(type))"""
    )
    comment = widget.comment("Remark 2 of Ben.")
    comment.get_by_role("button", name="Vote up").click()
    comment.get_by_role("button", name="More actions").click()
    comment.get_by_role("button", name="Report").click()
    widget.root.get_by_role("form", name="Report").get_by_role("button", name="Report").click()
    expect(widget.root.locator("[part=thanks]")).to_be_visible()
    widget.post(body=once("A fair account of both sides of the river."), name="Ada", email="ada@mailbox.example.org")
    widget.expect_published("A fair account")
    widget.button("Edit").click()
    widget.root.get_by_label("Edit your comment").fill(once("A fairer account of both sides of the river."))
    widget.button("Save").click()
    widget.expect_published("A fairer account")
    widget.button("Delete").click()
    widget.root.get_by_role("form", name="Delete").get_by_role("button", name="Delete").click()
    expect(widget.button("Undo")).to_be_visible()
    assert widget.page.evaluate("heard") == ["voted", "reported", "posted", "edited", "deleted"]
