"""Two moderators go through a full queue by keyboard alone, at once, in a database with a past; then all is undone.

How fast it goes is not judged here: `python -m benchmarks --only desk` measures it.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select

from benchmarks.desk_crowd import fill, waiting_texts
from comments_service.storage.tables import Comment, Decision, Moderator
from tests.comments_service.moderation.hands import Hands
from tests.comments_service.moderation.stage import Stage

pytest_plugins = ("tests.browser.pages.fixtures", "tests.comments_service.moderation.served_stage")

STORED, WAITING = 100_000, 400
KEYS = ("a", "s", "a", "d", "r", "4", "a", "k", "s", "j", "a")  # a turn: seven decisions, and some looking around
# Whether there is a comment to act on, the end of the queue, or neither yet.
_READY = """() => document.activeElement.closest("article.item") ? "comment"
  : document.querySelector("[data-empty]").hidden ? "" : "end" """


def test_two_moderators_empty_a_full_queue_and_undo_it_all(stage: Stage, served: str, chromium: Browser) -> None:
    ids = stage.write(_filled, stage)
    before = _public(stage)
    # From both ends: each has a page in hand that the other has decided already when they meet.
    people = [_moderator(stage, served, chromium, *who) for who in (("mona", "oldest"), ("olga", "newest"))]
    _take_turns(people, _decide)
    for person in people:
        person.hands.expect_count("pending", 0)
        # Until every answer is there: what a colleague was quicker with cannot be undone.
        expect(person.hands.page.locator("#queue[aria-busy]")).to_have_count(0, timeout=30_000)
    assert stage.write(_waiting) == 0
    by_comment = stage.write(_decisions, "undo", False)
    assert sorted(by_comment) == sorted(ids)
    assert set(by_comment.values()) == {1}, "decided twice"
    assert _public(stage) != before
    for person in people:
        for _ in range(stage.write(_decided_by, person.login) + 1):
            person.hands.press("u")
        # What was pressed last is on its way still.
        expect(person.hands.page.get_by_role("status")).to_contain_text("Put back.")
    expect(people[1].hands.page.locator('[data-count="pending"]')).to_have_text(str(WAITING), timeout=30_000)
    assert stage.write(_waiting) == WAITING, "counted truly"
    assert set(stage.write(_decisions, "undo", True).values()) == {1}
    assert _public(stage) == before
    for person in people:
        person.hands.page.context.close()
    assert [complaint for person in people for complaint in person.complaints] == []


class _Person:
    """A moderator with a browser of their own, who notes what its console complains of."""

    def __init__(self, page: Page, served: str, login: str) -> None:
        self.hands, self.login = Hands(page, served), login
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))


def _moderator(stage: Stage, served: str, chromium: Browser, login: str, sort: str) -> _Person:
    stage.account(login)
    person = _Person(chromium.new_context().new_page(), served, login)
    person.hands.log_in(login)
    person.hands.open(f"/moderation/?sort={sort}")
    return person


def _take_turns(people: list[_Person], act: Callable[[_Person], bool]) -> None:
    """Both go on until neither has anything left; a queue that never ends fails."""
    left = list(people)
    for _ in range(WAITING):
        left = [person for person in left if act(person)]
        if not left:
            return
    raise AssertionError("the queue did not end")


def _decide(person: _Person) -> bool:
    ready = person.hands.page.wait_for_function(_READY).json_value()
    if ready == "end":
        return False
    person.hands.press(*KEYS)
    return True


def _filled(session: Any, stage: Stage) -> list[str]:
    texts = waiting_texts(WAITING)
    return fill(session, stage.site_ids["demo"], stored=STORED, texts=texts, now=stage.runtime.clock())


def _waiting(session: Any) -> int:
    return int(session.scalar(select(func.count()).where(Comment.status == "pending")))


def _decided_by(session: Any, login: str) -> int:
    mine = select(func.count()).select_from(Decision).join(Moderator, Moderator.id == Decision.moderator_id)
    return int(session.scalar(mine.where(Moderator.login == login)))


def _decisions(session: Any, action: str, wanted: bool) -> Counter[str]:
    """How many decisions of people there are by comment: those that are `action`, or those that are not."""
    same = (Decision.action == action) if wanted else (Decision.action != action)
    rows = select(Comment.public_id).join(Decision, Decision.comment_id == Comment.id)
    return Counter(session.scalars(rows.where(Decision.actor == "moderator", same)))


def _public(stage: Stage) -> dict[str, Any]:
    """What readers get of the thread that the comments are in, all of its pages, and its count."""
    client, seen, cursor = stage.app.test_client(), [], ""
    while True:
        query = {"url": "https://desk.example/0", "limit": 100, **({"cursor": cursor} if cursor else {})}
        answer = client.get("/api/v1/sites/demo/comments", query_string=query).get_json()
        seen += [(comment["id"], comment["html"]) for comment in answer["comments"]]
        cursor = answer.get("next_cursor") or ""
        if not cursor:
            return {"count": answer["thread"]["count"], "comments": seen}
