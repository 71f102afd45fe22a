"""The widget looks like the page it stands on, as the publisher wants it, and as the reader's device asks for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

import comments_service
from tests.browser.pages.library import Library
from tests.browser.pages.serve import PublisherSite
from tests.browser.pages.widget import PATIENCE_MS, Widget

pytest_plugins = ("tests.browser.pages.fixtures",)

DOCS = Path(comments_service.__file__).parents[1] / "docs" / "widget.md"
# Shown only in states of their own, each of which has a test elsewhere.
LATER = {"closed", "new", "badge", "in-reply-to", "waiting", "more-actions", "time-left", "error", "preview", "panel"}
LATER |= {"thanks", "feed", "tools", "length", "draft", "options", "status", "notice"}


def style(target: Locator, *names: str) -> list[str]:
    found: list[str] = target.evaluate("(e, names) => names.map((name) => getComputedStyle(e)[name])", list(names))
    return found


@pytest.fixture
def sections(page: Page, publisher: PublisherSite, library: Library) -> tuple[Widget, Widget]:
    """On a dark page with a theme that spoils everything: one widget as it comes, one that the publisher dressed."""
    page.goto(publisher.page("looks", url=library.small()))
    found = Widget(page, "#plain").ready(), Widget(page, "#told").ready()
    for widget in found:
        expect(widget.root.get_by_role("article")).to_have_count(3, timeout=PATIENCE_MS)
    return found


def test_font_size_and_colour_are_the_pages(page: Page, sections: tuple[Widget, Widget]) -> None:
    body = sections[0].root.locator("[part=body]").first
    assert style(body, "fontFamily", "fontSize", "color") == style(
        page.locator("body"), "fontFamily", "fontSize", "color"
    )
    # And the ground shows through: on a dark page the widget is dark.
    assert style(sections[0].root.locator("[part=section]"), "backgroundColor") == ["rgba(0, 0, 0, 0)"]


def test_the_pages_styles_cannot_break_it_and_it_does_not_break_the_page(
    page: Page, sections: tuple[Widget, Widget]
) -> None:
    body = sections[0].root.locator("[part=body] p").first
    spoiled = style(body, "display", "float", "textTransform", "letterSpacing", "textIndent")
    assert spoiled == ["block", "none", "none", "normal", "0px"]
    expect(sections[0].button("Post comment")).to_be_visible()
    assert style(page.locator("#own"), "textIndent", "letterSpacing") == ["60px", "6px"]


def test_the_publishers_properties_and_parts_reach_everything(sections: tuple[Widget, Widget]) -> None:
    plain, told = sections
    assert style(told.button("Post comment"), "backgroundColor", "borderRadius", "fontStyle") == [
        "rgb(122, 31, 61)",
        "0px",
        "italic",
    ]
    assert style(told.root.locator("[part=comment]").first, "borderBlockStartColor") == ["rgb(1, 2, 3)"]
    expect(told.root.locator("[part=avatar]").first).to_be_hidden()
    expect(plain.root.locator("[part=avatar]").first).to_be_visible()


def test_every_part_that_the_documentation_names_is_there(sections: tuple[Widget, Widget]) -> None:
    text = DOCS.read_text(encoding="utf-8")
    listed = re.search(r"there are parts: (.+?) For instance:", text, re.DOTALL)
    assert listed
    documented = set(re.findall(r"`([\w-]+)`", listed[1]))
    told: list[str] = sections[0].root.evaluate(
        "host => [...host.shadowRoot.querySelectorAll('[part]')].flatMap((element) => [...element.part])"
    )
    assert set(told) - documented == set(), "parts without a word in the documentation"
    assert documented - set(told) - LATER == set(), "parts that are not there"


@pytest.mark.parametrize(("theme", "ground"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(18, 18, 18)")])
def test_a_theme_of_its_own_brings_its_ground(
    page: Page, publisher: PublisherSite, library: Library, theme: str, ground: str
) -> None:
    page.goto(publisher.page("article", url=library.small()))
    widget = Widget(page).ready()
    widget.root.evaluate("(host, theme) => host.setAttribute('theme', theme)", theme)
    assert style(widget.root, "backgroundColor", "colorScheme") == [ground, theme]
    text, bright = style(widget.root.locator("[part=body]").first, "color")[0], theme == "dark"
    assert (sum(map(int, re.findall(r"\d+", text)[:3])) > 380) is bright


def test_on_paper_there_are_comments_and_no_buttons(page: Page, publisher: PublisherSite, library: Library) -> None:
    page.goto(publisher.page("article", url=library.folded))
    widget = Widget(page).ready()
    expect(widget.root.get_by_role("article").first).to_be_visible()
    page.emulate_media(media="print")
    expect(widget.root.get_by_role("article").first).to_be_visible()
    expect(widget.root.get_by_text("How long may a bridge stay closed?")).to_be_visible()
    assert [name for name in widget.root.get_by_role("button").all_inner_texts() if name] == []
    expect(widget.field("Comment")).to_be_hidden()


def test_forced_colours_keep_buttons_votes_and_focus_visible(
    page: Page, publisher: PublisherSite, library: Library
) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(publisher.page("article", url=library.small()))
    widget = Widget(page).ready()
    up = widget.root.get_by_role("button", name="Vote up").first
    assert style(up, "borderTopColor") != ["rgba(0, 0, 0, 0)"]
    up.click()
    pressed = widget.root.get_by_role("button", name="Vote up").first
    expect(pressed).to_have_attribute("aria-pressed", "true")
    assert style(pressed, "borderTopWidth") == ["3px"]
    page.keyboard.press("Tab")
    focused = widget.root.locator(":focus-visible").first
    assert style(focused, "outlineStyle") == ["solid"]


def test_nothing_moves_by_itself(page: Page, publisher: PublisherSite, library: Library) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(publisher.page("article", url=library.small()))
    widget = Widget(page).ready()
    widget.field("Comment").fill("Half a thought.")
    expect(widget.button("Bold")).to_be_visible()
    assert page.evaluate("document.getAnimations().length") == 0
    moving: list[str] = widget.root.evaluate(
        "host => [...host.shadowRoot.querySelectorAll('*')].map((e) => getComputedStyle(e).transitionDuration)"
    )
    assert set(moving) == {"0s"}


def test_at_twice_the_size_nothing_is_cut_off(page: Page, publisher: PublisherSite, library: Library) -> None:
    # A window of 640 pixels at 200 % is one of 320 with the text of both sizes.
    page.set_viewport_size({"width": 640, "height": 900})
    page.goto(publisher.page("article", url=library.folded))
    widget = Widget(page).ready()
    page.evaluate("document.documentElement.style.zoom = 2")
    widget.field("Comment").fill("Half a thought.")
    expect(widget.button("Bold")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_picture_comes_of_the_random_seed_alone_and_from_nowhere(
    page: Page, publisher: PublisherSite, library: Library
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.resource_type))
    page.goto(publisher.page("article", url=library.small()))
    widget = Widget(page).ready()
    pictures = widget.root.locator("svg[part=avatar]")
    expect(pictures).to_have_count(3, timeout=PATIENCE_MS)
    drawn = [picture.inner_html() for picture in pictures.all()]
    # Two remarks of one name have two seeds, and so two pictures: nothing says that they are one person's.
    assert len(set(drawn)) == 3
    assert "image" not in asked
