"""The moderation API: pages of the queue, decisions in bulk, their undoing, and what is refused."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comments_service.moderation.cursors import InvalidCursor, read_cursor, write_cursor
from comments_service.moderation.queue_order import SORTS
from tests.comments_service.moderation.stage import Stage, Visitor

QUEUE, DECISIONS = "/api/v1/moderation/queue", "/api/v1/moderation/decisions"


@pytest.fixture
def mona(stage: Stage) -> Visitor:
    return stage.moderator("mona")


def _results(visitor: Visitor, **order: Any) -> list[dict[str, Any]]:
    answer = visitor.api(DECISIONS, order)
    assert answer.status_code == 200, answer.text
    results: list[dict[str, Any]] = answer.get_json()["results"]
    return results


def _pages(visitor: Visitor, sort: str, limit: int) -> list[list[dict[str, Any]]]:
    pages, cursor = [], None
    while True:
        query = {"sort": sort, "limit": limit, **({"cursor": cursor} if cursor else {})}
        answer = visitor.get(QUEUE, query_string=query).get_json()
        pages.append(answer["comments"])
        cursor = answer["next_cursor"]
        if cursor is None:
            return pages


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("limit", [1, 3, 7, 100])
def test_paging_shows_every_comment_once_and_in_order(stage: Stage, mona: Visitor, sort: str, limit: int) -> None:
    now = stage.runtime.clock()
    stage.at(now)
    made = [
        # Several were written in the same moment, and several have as many reports.
        (stage.comment(minutes_ago=number // 3, reports=[("spam", "")] * (number % 3)), number // 3, number % 3)
        for number in range(11)
    ]
    pages = _pages(mona, sort, limit)
    ids = [comment["id"] for page in pages for comment in page]
    assert sorted(ids) == sorted(public_id for public_id, _, _ in made)
    assert all(len(page) <= limit for page in pages)
    keys = {public_id: (minutes, reports) for public_id, minutes, reports in made}
    order = [keys[public_id] for public_id in ids]
    if sort == "urgent":
        assert order == sorted(order, key=lambda key: (-key[1], -key[0]))
    else:
        assert [key[0] for key in order] == sorted((key[0] for key in order), reverse=sort != "newest")


def test_a_cursor_goes_on_behind_its_comment_whatever_was_decided_meanwhile(stage: Stage, mona: Visitor) -> None:
    made = [stage.comment(minutes_ago=9 - number) for number in range(6)]
    first = mona.get(QUEUE, query_string={"limit": 2}).get_json()
    _results(mona, ids=made[:3], decision="spam")
    rest = mona.get(QUEUE, query_string={"limit": 9, "cursor": first["next_cursor"]}).get_json()
    assert [comment["id"] for comment in rest["comments"]] == made[3:]


@given(keys=st.lists(st.integers(-(2**63) + 1, 2**63 - 1), min_size=2, max_size=3), order=st.sampled_from(SORTS))
def test_a_cursor_says_what_was_put_into_it(keys: list[int], order: str) -> None:
    assert list(read_cursor(write_cursor(order, keys), order, len(keys))) == keys


@given(text=st.text(max_size=60))
def test_no_text_is_mistaken_for_a_cursor(text: str) -> None:
    with pytest.raises(InvalidCursor):
        read_cursor(text, "oldest", 2)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    keys=st.lists(st.one_of(st.integers(), st.booleans(), st.none(), st.text(max_size=4)), max_size=4),
    sort=st.sampled_from(SORTS),
)
def test_a_cursor_of_ones_own_making_never_breaks_the_queue(
    stage: Stage, mona: Visitor, keys: list[Any], sort: str
) -> None:
    cursor = write_cursor(sort, keys)
    assert mona.get(QUEUE, query_string={"sort": sort, "cursor": cursor}).status_code in {200, 422}


def test_an_item_holds_scores_with_spans_in_the_text_as_shown(stage: Stage, mona: Visitor) -> None:
    stage.comment(
        "Mail bob@example.com, you fool",
        scores={"toxic": 0.7, "spam": 0.1},
        reasons=[{"label": "toxic", "begin": 26, "end": 30, "weight": 2.0}],
    )
    item = mona.get(QUEUE).get_json()["comments"][0]
    assert item["body"] == "Mail [address hidden], you fool"
    span = item["spans"][0]
    assert item["body"][span["begin"] : span["end"]] == "fool"
    assert item["scores"]["values"] == {"toxic": 0.7, "spam": 0.1}
    assert item["decision"]["action"] == "hold"


def test_decisions_are_done_one_by_one_and_told_one_by_one(stage: Stage, mona: Visitor) -> None:
    first, second = stage.comment(), stage.comment()
    results = _results(mona, ids=[first, "nothing", second, first], decision="approve")
    assert [(result["id"], result["result"]) for result in results] == [
        (first, "done"),
        ("nothing", "missing"),
        (second, "done"),
    ]
    assert set(stage.published()) == {first, second}


def test_undo_by_comment_takes_back_the_moderators_decision_once(stage: Stage, mona: Visitor) -> None:
    comment = stage.comment()
    decision = _results(mona, ids=[comment], decision="approve")[0]["decision_id"]
    assert stage.published() == [comment]
    assert _results(mona, ids=[comment], decision="undo", decisions={comment: decision})[0]["result"] == "done"
    assert stage.published() == []
    again = _results(mona, ids=[comment], decision="undo")[0]
    assert (again["result"], again["status"]) == ("conflict", "pending")


def test_the_machines_decisions_are_overruled_but_not_undone(stage: Stage, mona: Visitor) -> None:
    comment = stage.comment(machine="spam")
    assert _results(mona, ids=[comment], decision="undo")[0]["result"] == "conflict"
    assert _results(mona, ids=[comment], decision="approve")[0]["result"] == "done"


def test_what_was_seen_guards_against_overruling_a_colleague(stage: Stage, mona: Visitor) -> None:
    comment = stage.comment()
    seen = {comment: {"revision": 1, "status": "pending"}}
    assert _results(mona, ids=[comment], decision="approve", seen=seen)[0]["result"] == "done"
    late = _results(mona, ids=[comment], decision="spam", seen=seen)[0]
    assert late["result"] == "conflict"
    assert late["message"] == "Somebody decided this already: approved by Mona. It is approved now."


def test_the_reason_of_a_rejection_is_kept(stage: Stage, mona: Visitor) -> None:
    comment = stage.comment()
    _results(mona, ids=[comment], decision="reject", reason="insult", note="again")
    history = mona.get(f"/api/v1/moderation/comments/{comment}/history").get_json()["history"]
    assert [(entry["action"], entry["reason"], entry["by"]) for entry in history] == [
        ("hold", "premoderate", ""),
        ("reject", "insult", "Mona"),
    ]


@pytest.mark.parametrize(
    ("decision", "given", "kept", "note"),
    [
        ("reject", {}, "other", ""),
        ("reject", {"reason": None}, "other", ""),
        (
            "reject",
            {"reason": "we have had enough of this", "note": "again"},
            "other",
            "we have had enough of this; again",
        ),
        ("spam", {"reason": "insult"}, "", "insult"),
    ],
)
def test_a_reason_may_be_left_out_or_put_in_own_words(
    stage: Stage, mona: Visitor, decision: str, given: dict[str, Any], kept: str, note: str
) -> None:
    comment = stage.comment()
    _results(mona, ids=[comment], decision=decision, **given)
    history = mona.get(f"/api/v1/moderation/comments/{comment}/history").get_json()["history"]
    assert (history[-1]["action"], history[-1]["reason"], history[-1]["note"]) == (decision, kept, note)


@pytest.mark.parametrize(
    ("order", "field"),
    [
        ({"decision": "approve"}, "ids"),
        ({"ids": [], "decision": "approve"}, "ids"),
        ({"ids": ["x"] * 501, "decision": "approve"}, "ids"),
        ({"ids": "x", "decision": "approve"}, "ids"),
        ({"ids": [5], "decision": "approve"}, "ids"),
        ({"ids": ["x"]}, "decision"),
        ({"ids": ["x"], "decision": "hold"}, "decision"),
        ({"ids": ["x"], "decision": "reject", "reason": 5}, "reason"),
        ({"ids": ["x"], "decision": "reject", "reason": "r" * 1001}, "reason"),
        ({"ids": ["x"], "decision": "spam", "note": "n" * 1001}, "note"),
        ({"ids": ["x"], "decision": "spam", "moderator_id": 2}, "moderator_id"),
        ({"ids": ["x"], "decision": "spam", "seen": {"x": {"revision": "1", "status": "pending"}}}, "seen"),
        ({"ids": ["x"], "decision": "undo", "decisions": {"x": 2**70}}, "decisions"),
    ],
)
def test_a_wrong_field_is_named(mona: Visitor, order: dict[str, Any], field: str) -> None:
    answer = mona.api(DECISIONS, order)
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert field in [error["field"] for error in answer.get_json()["errors"]]


@pytest.mark.parametrize("query", [{"status": "x"}, {"sort": "x"}, {"limit": "0"}, {"limit": "x"}, {"what": "1"}])
def test_a_wrong_parameter_is_named(mona: Visitor, query: dict[str, str]) -> None:
    answer = mona.get(QUEUE, query_string=query)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.get_json()["errors"]] == list(query)


def test_only_json_is_read(stage: Stage, mona: Visitor) -> None:
    token = mona.token("/moderation/password")
    for body in (b'{"ids": ["x"], "decision": "spam"}', b"[" * 9000):
        answer = mona.client.post(DECISIONS, data=body, content_type="text/plain", headers={"X-CSRFToken": token})
        assert answer.status_code == 400
    deep = mona.client.post(
        DECISIONS, data=b"[" * 9000, content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert deep.status_code == 400


def test_counts_can_be_asked_for(stage: Stage, mona: Visitor) -> None:
    stage.comment()
    assert mona.get("/api/v1/moderation/counts?site=demo").get_json()["counts"]["pending"] == 1


def test_the_whole_road_of_a_decision_on_either_database(stage_anywhere: Stage) -> None:
    stage_anywhere.account("mona")
    visitor = stage_anywhere.visitor()
    assert visitor.log_in("mona", "wrong password").status_code == 401
    assert visitor.log_in("mona").status_code == 303
    ids = [
        stage_anywhere.comment(minutes_ago=9 - number, address="ada@example.com", reports=[("spam", "")] * (number % 2))
        for number in range(4)
    ]
    assert [[comment["id"] for comment in page] for page in _pages(visitor, "urgent", 3)] == [
        [ids[1], ids[3], ids[0]],
        [ids[2]],
    ]
    assert visitor.get("/moderation/counts").get_json()["counts"]["reported"] == 2
    assert [result["result"] for result in _results(visitor, ids=ids, decision="approve")] == ["done"] * 4
    assert set(stage_anywhere.published()) == set(ids)
    assert visitor.get("/moderation/counts").get_json()["counts"]["reported"] == 0
    assert [result["result"] for result in _results(visitor, ids=ids[:2], decision="undo")] == ["done"] * 2
    assert set(stage_anywhere.published()) == set(ids[2:])
    assert "Put back</b>: 2 comments" in visitor.get("/moderation/history").text
