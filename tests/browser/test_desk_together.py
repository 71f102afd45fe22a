"""Two moderators in two browsers: they see what the other looks at and decides, and a trainee's keys only propose."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.comments_service.moderation.hands import Hands
from tests.comments_service.moderation.stage import Stage

pytest_plugins = ("tests.browser.pages.fixtures", "tests.comments_service.moderation.served_stage")


@pytest.fixture
def tina(stage: Stage, served: str, chromium: Browser) -> Iterator[Hands]:
    """A trainee in a browser of her own, whose clock the test turns."""
    stage.account("tina", "trainee")
    context = chromium.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    person = Hands(context.new_page(), served)
    person.log_in("tina")
    yield person
    context.close()


def _queue(stage: Stage, size: int) -> list[str]:
    return [stage.comment(f"Remark {number}", minutes_ago=99 - number) for number in range(size)]


def test_colleagues_see_each_other_and_what_was_decided(stage: Stage, hands: Hands, tina: Hands) -> None:
    first, second, third, fourth = _queue(stage, 4)
    for person in (hands, tina):
        person.page.clock.install()
    hands.open()
    # The page claims its first comment as it opens; that answer may come in late.
    with hands.page.expect_response(lambda answer: second in (answer.request.post_data or "")):
        hands.press("j")
        hands.page.clock.run_for(21_000)
    tina.open()
    expect(tina.item(second)).to_contain_text("Mona is looking at this")
    assert tina.current() == first
    tina.press("j")
    assert tina.current() == third, "what Mona looks at is skipped"
    tina.page.get_by_label("Skip what colleagues are looking at").uncheck()
    tina.item(third).focus()
    tina.press("k")
    assert tina.current() == second
    hands.press("s", "a")
    expect(hands.page.get_by_role("status")).to_contain_text("Approved.")
    tina.page.clock.run_for(16_000)
    expect(tina.item(second)).to_contain_text("Mona called this spam just now.")
    expect(tina.item(third)).to_have_count(0)
    expect(tina.page.get_by_role("status")).to_contain_text("Mona approved this just now.")
    assert tina.current() == second, "the comment under her hands stays until she goes on"
    tina.press("j")
    expect(tina.item(second)).to_have_count(0)
    assert tina.current() == fourth


def test_a_trainees_keys_propose_and_a_colleagues_key_confirms(stage: Stage, hands: Hands, tina: Hands) -> None:
    first, second = _queue(stage, 2)
    tina.open()
    tina.press("r", "1")
    expect(tina.page.get_by_role("status")).to_contain_text("Kept as your proposal.")
    assert tina.current() == second
    tina.press("u")
    expect(tina.item(first)).to_be_focused()
    tina.expect_count("second_opinion", 0)
    tina.press("a")
    expect(tina.item(first)).to_have_count(0)
    tina.expect_count("second_opinion", 1)
    hands.open("/moderation/?view=second_opinion")
    expect(hands.item(first)).to_contain_text("Tina would approve it.")
    assert stage.published() == []
    hands.item(first).focus()
    hands.press("c")
    expect(hands.page.get_by_role("status")).to_contain_text("Approved.")
    assert stage.published() == [first]
    hands.open()
    hands.item(second).focus()
    hands.press("m")
    hands.page.get_by_role("button", name="Assign", exact=True).click()
    expect(hands.item(second)).to_contain_text("Assigned to Mona")
    hands.item(second).focus()
    hands.press("w")
    hands.page.keyboard.type("Is this satire?")
    hands.page.keyboard.press("Enter")
    expect(hands.item(second)).to_have_count(0)
