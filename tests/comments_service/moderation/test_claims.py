"""Two moderators at once: who looks at what, what a colleague has decided meanwhile, and that nobody decides twice."""

from datetime import timedelta
from typing import Any

import pytest

from comments_service.storage.tables import Claim, Decision
from comments_service.tasks.retention import clear
from tests.comments_service.moderation.stage import Stage, Visitor

DECISIONS = "/api/v1/moderation/decisions"


@pytest.fixture
def mona(stage: Stage) -> Visitor:
    return stage.moderator("mona")


@pytest.fixture
def olga(stage: Stage) -> Visitor:
    return stage.moderator("olga")


def _look(visitor: Visitor, comment: str) -> int:
    return visitor.post("/moderation/claims", id=comment).status_code


def _news(visitor: Visitor, *comments: str) -> dict[str, Any]:
    seen = [comment if ":" in comment else f"{comment}:1:pending" for comment in comments]
    answer = visitor.get("/moderation/counts", query_string={"seen": seen})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def test_colleagues_see_who_looks_at_a_comment_until_it_expires(stage: Stage, mona: Visitor, olga: Visitor) -> None:
    now = stage.runtime.clock()
    stage.at(now)
    comment = stage.comment()
    assert _look(mona, comment) == 204
    assert _news(olga, comment)["watched"] == {comment: "Mona is looking at this"}
    assert "Mona is looking at this" in olga.get("/moderation/").text
    assert _news(mona, comment)["watched"] == {}, "nobody needs to be told of themselves"
    stage.at(now + timedelta(seconds=100))
    _look(mona, comment)
    stage.at(now + timedelta(seconds=200))
    assert _news(olga, comment)["watched"] == {comment: "Mona is looking at this"}, "renewed"
    stage.at(now + timedelta(seconds=221))
    assert _news(olga, comment)["watched"] == {}
    stage.write(clear, stage.runtime.settings, now + timedelta(seconds=221))
    assert stage.write(lambda session: session.query(Claim).count()) == 0


def test_one_looks_at_one_comment_at_a_time_and_several_at_the_same(stage: Stage, mona: Visitor, olga: Visitor) -> None:
    first, second = stage.comment(), stage.comment()
    _look(mona, first)
    _look(mona, second)
    _look(olga, second)
    nora = stage.moderator("nora")
    assert _news(nora, first, second)["watched"] == {second: "Mona, Olga are looking at this"}


def test_looking_locks_nothing(stage: Stage, mona: Visitor, olga: Visitor) -> None:
    comment = stage.comment()
    _look(mona, comment)
    answer = olga.api(DECISIONS, {"ids": [comment], "decision": "approve"})
    assert answer.get_json()["results"][0]["result"] == "done"


def test_what_a_colleague_decided_is_told_kindly(stage: Stage, mona: Visitor, olga: Visitor) -> None:
    first, second = stage.comment(), stage.comment()
    mona.api(DECISIONS, {"ids": [first], "decision": "approve"})
    assert _news(olga, first, second)["changed"] == {first: "Mona approved this just now"}
    assert _news(olga, f"{first}:1:approved")["changed"] == {}, "a page that shows it as approved is told nothing"
    tina = stage.moderator("tina", "trainee")
    tina.api(DECISIONS, {"ids": [second], "decision": "approve"})
    assert _news(olga, second)["changed"] == {}, "a proposal decides nothing"


def test_two_at_once_never_decide_one_comment_twice(stage: Stage, mona: Visitor, olga: Visitor) -> None:
    comments = [stage.comment() for _ in range(6)]
    seen = {comment: {"revision": 1, "status": "pending"} for comment in comments}
    results = [
        visitor.api(DECISIONS, {"ids": part, "decision": decision, "seen": seen}).get_json()["results"]
        for visitor, part, decision in ((mona, comments[:4], "approve"), (olga, comments[2:], "spam"))
    ]
    assert [result["result"] for result in results[1]] == ["conflict", "conflict", "done", "done"]
    assert results[1][0]["message"] == "Somebody decided this already: approved by Mona. It is approved now."
    people = stage.write(lambda session: session.query(Decision).filter_by(actor="moderator").count())
    assert people == len(comments)


def test_nothing_is_told_of_other_sites(stage: Stage, mona: Visitor) -> None:
    stage.add_site("other")
    comment = stage.comment()
    _look(mona, comment)
    mona.api(DECISIONS, {"ids": [comment], "decision": "approve"})
    fred = stage.moderator("fred", "moderator", "other")
    assert _look(fred, comment) == 404
    news = _news(fred, comment)
    assert (news["watched"], news["changed"]) == ({}, {})


def test_odd_questions_break_nothing(stage_anywhere: Stage) -> None:
    mona = stage_anywhere.moderator("mona")
    comment = stage_anywhere.comment()
    odd = ["", ":", "::", "x:1:pending", "x:x:x", f"x:{10**30}:pending", "\0:1:pending", "a:1:b:c"]
    assert _news(mona, *odd, f"{comment}:1:pending")["changed"] == {}
    assert _news(mona, *[f"{number}:1:pending" for number in range(500)])["changed"] == {}
    assert [_look(mona, odd_id) for odd_id in ("", "\0", "x" * 5000)] == [404, 404, 404]
    assert [_look(mona, comment), _look(mona, comment)] == [204, 204]
    olga = stage_anywhere.moderator("olga")
    assert _news(olga, f"{comment}:1:pending")["watched"] == {comment: "Mona is looking at this"}
