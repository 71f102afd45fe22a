"""Alike comments and waves in a browser: one key decides a whole group, one button a whole wave, axe-core agrees."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages.axe import violations
from tests.comments_service.moderation.bursts import burst, change, pitch
from tests.comments_service.moderation.hands import Hands
from tests.comments_service.moderation.stage import Stage
from tests.comments_service.moderation.wave_hands import run_waves, statuses, wave_comes

pytest_plugins = ("tests.browser.pages.fixtures", "tests.comments_service.moderation.served_stage")


def test_one_key_decides_what_is_ticked_and_one_brings_it_back(hands: Hands, stage: Stage) -> None:
    change(stage, premoderate=True, wave_size=0)
    alike = burst(stage, map(pitch, range(5)))
    hands.open()
    hands.item(alike[0]).get_by_text("4 like this").click()
    hands.item(alike[0]).locator(f'input[value="{alike[3]}"]').uncheck()
    hands.item(alike[0]).focus()
    hands.press("s")
    hands.expect_count("pending", 1)
    assert statuses(stage, alike) == {"spam": 4, "pending": 1}
    hands.press("u")
    hands.expect_count("pending", 5)
    assert statuses(stage, alike) == {"pending": 5}
    expect(hands.item(alike[0])).to_be_visible()


@pytest.mark.parametrize("width", [1280, 320])
def test_a_wave_is_decided_and_taken_back_by_buttons(hands: Hands, stage: Stage, width: int) -> None:
    sent = wave_comes(stage, 14)
    hands.page.set_viewport_size({"width": width, "height": 900})
    hands.open()
    assert violations(hands.page) == []
    hands.page.get_by_label("and what follows while it lasts").check()
    hands.page.get_by_role("button", name="All spam").click()
    expect(hands.page.get_by_text("All of the wave is being decided")).to_be_visible()
    run_waves(stage)
    hands.page.reload()
    expect(hands.page.get_by_text("So is what follows.")).to_be_visible()
    assert violations(hands.page) == []
    assert hands.page.evaluate("document.documentElement.scrollWidth") <= width
    hands.page.get_by_role("button", name="Undo all of it").click()
    run_waves(stage)
    assert statuses(stage, sent) == {"approved": 12, "pending": 2}
