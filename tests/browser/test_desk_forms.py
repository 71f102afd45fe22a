"""The desk without JavaScript, and the first login of a new moderator."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from comments_service.moderation.moderators import add_moderator
from tests.comments_service.moderation.hands import Hands
from tests.comments_service.moderation.stage import Stage

pytest_plugins = ("tests.browser.pages.fixtures", "tests.comments_service.moderation.served_stage")


@pytest.fixture
def plain_hands(stage: Stage, served: str, chromium: Browser) -> Iterator[Hands]:
    """Mona with a browser that runs no scripts."""
    stage.account("mona")
    context = chromium.new_context(java_script_enabled=False)
    person = Hands(context.new_page(), served)
    person.log_in()
    yield person
    context.close()


def test_without_scripts_a_comment_is_approved_and_taken_back(stage: Stage, plain_hands: Hands) -> None:
    comment = stage.comment("A calm remark.")
    plain_hands.open()
    plain_hands.item(comment).get_by_role("button", name="Approve").click()
    expect(plain_hands.page.get_by_text("Approved.")).to_be_visible()
    assert stage.published() == [comment]
    plain_hands.page.get_by_role("button", name="Undo").click()
    expect(plain_hands.item(comment)).to_be_visible()
    assert stage.published() == []


def test_without_scripts_a_comment_is_rejected_with_reason_and_note(stage: Stage, plain_hands: Hands) -> None:
    comment = stage.comment("A rude remark.")
    plain_hands.open()
    item = plain_hands.item(comment)
    item.get_by_text("Reject…").click()
    item.get_by_label("Note for colleagues (optional)").fill("the third today")
    item.get_by_role("button", name="It insults or attacks people.").click()
    plain_hands.open(f"/moderation/comments/{comment}")
    expect(plain_hands.page.get_by_text("Note: the third today").first).to_be_visible()
    assert stage.status(comment) == "rejected"


def test_without_scripts_several_are_decided_together(stage: Stage, plain_hands: Hands) -> None:
    ids = [stage.comment(f"Remark {number}", name=f"Author {number}") for number in range(3)]
    plain_hands.open()
    for number in (0, 2):
        plain_hands.page.get_by_label(f"Choose the comment of Author {number}").check()
    bar = plain_hands.page.get_by_role("form", name="Decide about the chosen comments")
    bar.get_by_role("button", name="Spam").click()
    expect(plain_hands.page.get_by_text("Moved to spam: 2 comments.")).to_be_visible()
    assert [stage.status(comment) for comment in ids] == ["spam", "pending", "spam"]


def test_the_first_login_leads_through_a_new_password_to_the_desk(stage: Stage, served: str, chromium: Browser) -> None:
    first = stage.write(add_moderator, "nora", role="owner", site_id=None, now=stage.runtime.clock())
    context = chromium.new_context()
    person = Hands(context.new_page(), served)
    person.log_in("nora", first.password)
    expect(person.page.get_by_role("heading", name="Choose your own password")).to_be_visible()
    person.open()
    expect(person.page.get_by_role("heading", name="Choose your own password")).to_be_visible()
    person.page.get_by_label("Present password").fill(first.password)
    person.page.get_by_label("New password, at least 12 characters").fill("three calm lanterns")
    person.page.get_by_label("New password again").fill("three calm lanterns")
    person.page.get_by_role("button", name="Keep it").click()
    expect(person.page.get_by_text("Nothing is waiting.")).to_be_visible()
    expect(person.page.get_by_text("Your password is changed.")).to_be_visible()
    person.page.get_by_role("button", name="Log out").click()
    person.log_in("nora", "three calm lanterns")
    expect(person.page.get_by_text("Nothing is waiting.")).to_be_visible()
    context.close()
