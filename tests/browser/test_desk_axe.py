"""axe-core looks at every page of the desk: light and wide in English; dark, as narrow as a phone and in Arabic.

The pages are those of the table of routes and roles: a new page is looked at without anybody thinking of it.
"""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.pages.axe import violations
from tests.comments_service.moderation.access_rows import TABLE
from tests.comments_service.moderation.hands import Hands
from tests.comments_service.moderation.stage import Stage, Visitor

pytest_plugins = ("tests.browser.pages.fixtures", "tests.comments_service.moderation.served_stage")

PAGES = {name: row for name, row in TABLE.items() if row.method == "GET" and not row.json}
LOOKS = (("light", 1280, "en"), ("dark", 320, "ar"))


def _set_stage(stage: Stage) -> str:
    """Comments in every state, and decisions by several people. A comment that has everything beside it."""
    stage.comment(machine="spam", policy="spam_score", scores={"spam": 0.99, "toxic": 0.1})
    stage.comment(machine="approve", policy="below_thresholds", scores={"toxic": 0.7})
    above = stage.comment("The first word.", machine="approve", policy="below_thresholds")
    told = stage.comment(
        "You are a complete idiot\u200b, friend. See https://example.org/ " * 20,
        name="Bob\u202e",
        address="bob@example.com",
        parent=above,
        policy="toxic_score",
        scores={"toxic": 0.9, "insult": 0.8, "spam": 0.6},
        reasons=[{"label": "toxic", "begin": 10, "end": 24, "weight": 1.0}],
        checks=[("links", "hold", "Twenty links."), ("bans", "pass", "")],
        reports=[("abuse", "He means me.")],
    )
    nora = stage.moderator("nora")
    for decision in ("approve", "spam"):
        nora.post("/moderation/decisions", ids=stage.comment(scores={"toxic": 0.9}), decision=decision)
    return told


def _is_page(visitor: Visitor, path: str) -> bool:
    """Whether a browser would show it: no file to keep, no document for scripts."""
    answer = visitor.get(path)
    return "html" in answer.content_type and "attachment" not in answer.headers.get("Content-Disposition", "")


def _opened(page: Page) -> None:
    """Everything that can be unfolded, unfolded, but for menus: they lie over what is around them."""
    page.evaluate("document.querySelectorAll('details:not([data-menu])').forEach((one) => { one.open = true; })")


@pytest.mark.parametrize(("scheme", "width", "language"), LOOKS)
def test_axe_finds_nothing_on_any_page(
    chromium: Browser, stage: Stage, served: str, scheme: str, width: int, language: str
) -> None:
    told = _set_stage(stage)
    stage.account("olga", "owner")
    visitor = stage.moderator("oskar", "owner")
    context = chromium.new_context(
        locale="en-GB", color_scheme="dark" if scheme == "dark" else "light", viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    found: dict[str, list[str]] = {}
    made: dict[Any, dict[str, str]] = {}  # rows that share what they need get it once
    looked = 0
    try:
        hands = Hands(page, served)
        hands.open("/moderation/login")
        found["login"] = violations(page)
        hands.log_in("olga")
        hands.open("/moderation/account")
        page.get_by_label("The desk speaks").select_option(language)
        page.locator("#language-section button").click()
        page.wait_for_load_state()
        assert page.evaluate("document.documentElement.lang") == language
        for name, row in PAGES.items():
            if row.makes not in made:
                made[row.makes] = row.places(stage, told)
            path = row.path.format(**made[row.makes])
            if not _is_page(visitor, path):
                continue
            hands.open(path)
            _opened(page)
            found[name] = violations(page)
            looked += 1
    finally:
        context.close()
    faults = [f"{name}: {fault}" for name, of_page in found.items() for fault in of_page]
    assert not faults, "\n".join(faults)
    assert looked >= 10
