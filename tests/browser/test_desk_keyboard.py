"""A moderator works through the queue by keyboard alone."""

import re

from playwright.sync_api import Route, expect

from comments_service.moderation.moderator_sessions import close_all
from tests.comments_service.moderation.hands import Hands
from tests.comments_service.moderation.stage import Stage

pytest_plugins = ("tests.browser.pages.fixtures", "tests.comments_service.moderation.served_stage")


def _queue(stage: Stage, size: int) -> list[str]:
    return [
        stage.comment(f"Remark {number}", name=f"Author {number}", minutes_ago=99 - number) for number in range(size)
    ]


def test_a_key_publishes_and_another_takes_it_back(stage: Stage, hands: Hands) -> None:
    first, second = _queue(stage, 2)
    hands.open()
    assert hands.current() == first
    hands.press("a")
    assert hands.current() == second
    expect(hands.page.get_by_role("status")).to_contain_text("Approved.")
    assert stage.published() == [first]
    hands.expect_count("approved", 1)
    hands.press("u")
    expect(hands.item(first)).to_be_focused()
    expect(hands.page.get_by_role("status")).to_contain_text("Put back.")
    assert stage.published() == []
    hands.expect_count("pending", 2)


def test_moving_and_the_other_decisions(stage: Stage, hands: Hands) -> None:
    ids = _queue(stage, 4)
    hands.open()
    hands.press("j", "j", "k")
    assert hands.current() == ids[1]
    hands.press("s")
    assert hands.current() == ids[2]
    hands.press("d")
    assert hands.current() == ids[3]
    hands.press("k", "r")
    expect(hands.item(ids[0]).get_by_role("button", name="It insults or attacks people.")).to_be_focused()
    hands.press("1")
    hands.expect_count("rejected", 1)
    assert [stage.status(comment) for comment in ids] == ["rejected", "spam", "deleted", "pending"]
    assert hands.current() == ids[3]


def test_the_next_comment_does_not_wait_for_the_server(stage: Stage, hands: Hands) -> None:
    first, second = _queue(stage, 2)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    hands.page.route("**/moderation/decisions", hold)
    hands.open()
    with hands.page.expect_request("**/moderation/decisions"):
        hands.press("a")
    assert hands.current() == second
    expect(hands.item(first)).to_have_count(0)
    assert stage.status(first) == "pending"
    held[0].continue_()
    hands.expect_count("approved", 1)
    assert stage.status(first) == "approved"


def test_a_server_that_cannot_be_reached_brings_the_comment_back(stage: Stage, hands: Hands) -> None:
    first, _ = _queue(stage, 2)
    # Before the page is opened: a page that is open already has been seen to send its next request past a new route.
    hands.page.route("**/moderation/decisions", lambda route: route.abort())
    hands.open()
    hands.press("a")
    expect(hands.item(first).get_by_role("alert")).to_contain_text("Nothing was decided; try again.")
    assert hands.current() == first
    hands.page.unroute("**/moderation/decisions")
    hands.press("a")
    hands.expect_count("approved", 1)


def test_several_are_chosen_and_decided_together_and_the_quicker_colleague_is_named(stage: Stage, hands: Hands) -> None:
    ids = _queue(stage, 4)
    hands.open()
    hands.press("x", "j", "x", "j", "x")
    expect(hands.page.get_by_text("3 comments chosen")).to_be_visible()
    stage.moderator("olga").post("/moderation/decisions", ids=ids[1], decision="approve")
    hands.press("s")
    expect(hands.item(ids[1]).get_by_role("alert")).to_have_text(
        "Somebody decided this already: approved by Olga. It is approved now."
    )
    assert [stage.status(comment) for comment in ids] == ["spam", "approved", "spam", "pending"]
    expect(hands.page.get_by_role("status")).to_contain_text("Moved to spam: 2 comments.")
    hands.press("u")
    expect(hands.item(ids[0])).to_be_visible()
    expect(hands.item(ids[2])).to_be_visible()
    assert [stage.status(comment) for comment in ids] == ["pending", "approved", "pending", "pending"]


def test_a_whole_queue_is_worked_through_to_its_end(stage: Stage, hands: Hands) -> None:
    ids = _queue(stage, 45)
    hands.open()
    for left in range(45, 0, -1):
        expect(hands.page.locator("article.item:focus")).to_have_count(1)
        hands.press("a")
        hands.expect_count("pending", left - 1)
    expect(hands.page.get_by_text("Nothing is waiting.")).to_be_visible()
    assert sorted(stage.published()) == sorted(ids)
    log = stage.moderator("olga").get("/moderation/history?site=demo").text
    assert len(re.findall(r"approved it", log)) == 45


def test_new_comments_join_the_list_by_themselves(stage: Stage, hands: Hands) -> None:
    hands.page.clock.install()
    hands.open()
    expect(hands.page.get_by_text("Nothing is waiting.")).to_be_visible()
    comment = stage.comment("Just in.")
    hands.page.clock.run_for(16_000)
    expect(hands.item(comment)).to_be_visible()
    hands.expect_count("pending", 1)
    expect(hands.page.get_by_text("Nothing is waiting.")).to_be_hidden()


def test_a_toast_goes_after_its_time_and_the_decision_stays(stage: Stage, hands: Hands) -> None:
    hands.page.clock.install()
    (comment,) = _queue(stage, 1)
    hands.open()
    hands.press("a")
    expect(hands.page.get_by_role("button", name="Undo")).to_be_visible()
    hands.page.clock.run_for(31_000)
    expect(hands.page.get_by_role("button", name="Undo")).to_be_hidden()
    assert stage.status(comment) == "approved"


def test_keys_do_nothing_while_one_types_or_has_switched_them_off(stage: Stage, hands: Hands) -> None:
    (comment,) = _queue(stage, 1)
    hands.open()
    hands.press("r")
    note = hands.page.get_by_label("Note for colleagues (optional)")
    note.click()
    hands.page.keyboard.type("a sad 1")
    expect(note).to_have_value("a sad 1")
    hands.press("Escape", "?")
    sheet = hands.page.get_by_role("dialog", name="Keys")
    expect(sheet).to_be_visible()
    sheet.get_by_label("Use these keys on this device").uncheck()
    sheet.get_by_role("button", name="Close").click()
    hands.item(comment).focus()
    hands.press("a", "s", "d")
    hands.page.reload()
    hands.item(comment).focus()
    hands.press("a")
    assert stage.status(comment) == "pending"


def test_a_session_that_ended_is_told_and_nothing_is_lost(stage: Stage, hands: Hands) -> None:
    (comment,) = _queue(stage, 1)
    hands.open()
    stage.write(close_all, 1)
    hands.press("a")
    expect(hands.item(comment).get_by_role("alert")).to_contain_text("You have been logged out.")
    assert stage.status(comment) == "pending"


def test_what_a_stranger_typed_runs_nothing_and_stays_in_its_box(stage: Stage, hands: Hands) -> None:
    hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>" + "a\u0301" * 3 + "W" * 3000 + "\u202eevil"
    comment = stage.comment(hostile, name=hostile[:80])
    hands.open()
    box = hands.item(comment).bounding_box()
    text = hands.item(comment).locator(".body").bounding_box()
    assert box is not None
    assert text is not None
    assert text["x"] + text["width"] <= box["x"] + box["width"]
    assert hands.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(hands.item(comment).locator("img, script")).to_have_count(0)


def test_ranges_are_chosen_by_shift_and_the_last_decision_is_repeated_by_a_dot(stage: Stage, hands: Hands) -> None:
    ids = _queue(stage, 9)
    hands.open()
    hands.press("Shift+j", "Shift+j")
    expect(hands.page.get_by_text("3 comments chosen")).to_be_visible()
    hands.press("s")
    expect(hands.page.get_by_role("status")).to_contain_text("Moved to spam: 3 comments.")
    assert hands.current() == ids[3]
    hands.press("x", "j", "j", "Shift+x")
    expect(hands.page.get_by_text("3 comments chosen")).to_be_visible()
    hands.press("r", "4")
    expect(hands.page.get_by_role("status")).to_contain_text("Rejected: 3 comments.")
    hands.press(".")
    hands.expect_count("rejected", 4)
    hands.page.get_by_role("button", name="Choose all on this page").click()
    expect(hands.page.get_by_text("2 comments chosen")).to_be_visible()
    hands.press("d")
    hands.expect_count("pending", 0)
    expected = ["spam"] * 3 + ["rejected"] * 4 + ["deleted"] * 2
    assert [stage.status(comment) for comment in ids] == expected
    hands.press("u", "u", "u")
    hands.expect_count("pending", 6)
    assert [stage.status(comment) for comment in ids] == ["spam"] * 3 + ["pending"] * 6
    history = stage.moderator("olga").get("/moderation/history").text
    assert "Moved to spam</b>: 3 comments" in history
    assert "Put back</b>: 3 comments" in history
