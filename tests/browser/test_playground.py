"""The playground: what is chosen is seen at once and written down, exactly as the documentation has it."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from comments_service.web.embed.playground import PROPERTIES
from tests.architecture.tracked_files import ROOT
from tests.browser.pages.axe import violations
from tests.browser.pages.widget import Widget, Wire

pytest_plugins = ("tests.browser.pages.fixtures",)


@pytest.fixture
def playground(page: Page, wire: Wire, service: str) -> Page:
    page.goto(f"{service}/playground")
    Widget(page).ready()
    return page


def test_choices_are_seen_on_the_living_widget_and_written_down(playground: Page, wire: Wire, service: str) -> None:
    playground.get_by_label("Send button: colour", exact=True).fill("#7a1f3d")
    send = Widget(playground).root.locator("[part~=send]")
    expect(send).to_have_css("background-color", "rgb(122, 31, 61)")
    expect(playground.locator("#style")).to_have_text("comment-section {\n  --comments-accent: #7a1f3d;\n}")
    playground.locator("select[name=lang]").select_option("de")
    playground.locator("select[name=sort]").select_option("newest")
    playground.get_by_label("title", exact=True).fill('Eure "Meinung" </script>')
    expect(Widget(playground).root.get_by_role("heading", name='Eure "Meinung" </script>')).to_be_visible()
    expect(send).to_have_css("background-color", "rgb(122, 31, 61)")
    snippet = playground.locator("#snippet").inner_text()
    assert f'<script src="{service}/embed.js" async></script>' in snippet
    assert 'lang="de" sort="newest" texts="comment-words"></comment-section>' in snippet
    assert "\\u003c/script>" in snippet
    assert {urlsplit(url).netloc for url in wire.requested} == {urlsplit(service).netloc}
    assert wire.complaints == []


def test_the_policy_is_the_one_of_the_documentation(playground: Page, service: str) -> None:
    documented = re.search(r"```text\n(default-src.*?)\n```", (ROOT / "docs/widget.md").read_text(), re.DOTALL)
    assert documented is not None
    expect(playground.locator("#policy")).to_have_text(documented[1].replace("https://comments.example", service))


def test_every_property_of_the_style_sheet_can_be_set() -> None:
    styles = Path(ROOT / "comments_service/widget/src/styles").glob("*.css")
    used = {name for sheet in styles for name in re.findall(r"var\((--comments-[a-z-]+)", sheet.read_text())}
    assert {one.name for one in PROPERTIES} == used


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_is_cut_off(playground: Page, width: int) -> None:
    playground.set_viewport_size({"width": width, "height": 800})
    for scheme in ("light", "dark"):
        playground.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert violations(playground) == []
    assert playground.evaluate("document.documentElement.scrollWidth") <= width
