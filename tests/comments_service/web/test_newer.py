"""Does a reader who asks what is new get every comment that became visible since, and at little cost?"""

import copy
import threading
from typing import Any

import pytest

from tests.comments_service.web.newsroom import ARTICLE, Newsroom
from tests.comments_service.web.newsroom_fixtures import MakeNewsroom

LIST = "/api/v1/sites/news/comments"


def ids(page: dict[str, Any]) -> list[str]:
    return [one["id"] for one in page["comments"]]


def newer(newsroom: Newsroom, page: dict[str, Any]) -> dict[str, Any]:
    """What is new since `page`."""
    return newsroom.thread(newer=page["thread"]["newest"])


def test_what_became_visible_since_is_told_oldest_first(any_newsroom: Newsroom) -> None:
    early = any_newsroom.posted(body="It waits, spam=0.7")
    any_newsroom.judge()
    top = any_newsroom.approved()
    seen = any_newsroom.thread(limit=1)
    assert ids(newer(any_newsroom, seen)) == []
    reply = any_newsroom.approved(parent_id=top["id"])
    any_newsroom.decide(early["id"], "approve")
    found = newer(any_newsroom, seen)
    assert ids(found) == [reply["id"], early["id"]], "by when they were shown, not by when they were written"
    assert [one["parent_id"] for one in found["comments"]] == [top["id"], None]
    assert [one["replies"] for one in found["comments"]] == [[], []]
    assert (found["previous_cursor"], found["next_cursor"], found["thread"]["count"]) == (None, None, 3)
    assert ids(newer(any_newsroom, found)) == []
    assert newer(any_newsroom, found)["thread"]["newest"] == found["thread"]["newest"]


def test_nothing_hidden_is_told(newsroom: Newsroom) -> None:
    seen = newsroom.thread()
    gone, kept = newsroom.approved(body="Secret words."), newsroom.approved()
    newsroom.own(gone, "DELETE")
    newsroom.posted(body="Secret and pending, spam=0.7")
    newsroom.judge()
    found = newer(newsroom, seen)
    assert ids(found) == [kept["id"]]
    assert "Secret" not in str(found)


def test_a_changed_comment_comes_again_with_its_replies_counted(newsroom: Newsroom) -> None:
    top = newsroom.approved()
    newsroom.approved(parent_id=top["id"])
    seen = newsroom.thread()
    newsroom.own(top, "PATCH", json={"body": "Said anew."})
    assert ids(newer(newsroom, seen)) == []
    newsroom.judge()
    (again,) = newer(newsroom, seen)["comments"]
    assert (again["id"], again["html"], again["reply_count"]) == (top["id"], "<p>Said anew.</p>", 1)


def test_votes_and_second_decisions_bring_nothing_new(make_newsroom: MakeNewsroom) -> None:
    newsroom = make_newsroom(publish_first=True)
    posted = newsroom.posted()
    seen = newsroom.thread()
    newsroom.judge()
    newsroom.decide(posted["id"], "approve")
    assert newsroom.client.post(f"{LIST}/{posted['id']}/votes", json={"value": 1}).status_code == 204
    assert ids(newer(newsroom, seen)) == []


def test_whom_a_new_reply_answers_is_told(make_newsroom: MakeNewsroom) -> None:
    newsroom = make_newsroom(max_depth=1)
    top = newsroom.approved()
    first = newsroom.approved(parent_id=top["id"], name="Ben")
    seen = newsroom.thread()
    newsroom.approved(parent_id=first["id"])
    (reply,) = newer(newsroom, seen)["comments"]
    assert (reply["parent_id"], reply["in_reply_to"]) == (top["id"], {"id": first["id"], "name": "Ben"})


def test_more_than_a_hundred_come_in_parts(newsroom: Newsroom) -> None:
    seen = newsroom.thread()
    sent = [newsroom.posted()["id"] for _ in range(130)]
    newsroom.judge()
    first = newer(newsroom, seen)
    assert len(first["comments"]) == 100
    second = newer(newsroom, first)
    assert {*ids(first), *ids(second)} == set(sent)
    assert len(second["comments"]) == 30
    assert newer(newsroom, second)["comments"] == []


def test_asking_again_is_answered_by_a_304_until_something_comes(newsroom: Newsroom) -> None:
    newsroom.approved()
    query = {"url": ARTICLE, "newer": newsroom.thread()["thread"]["newest"]}
    first = newsroom.client.get(LIST, query_string=query)
    asked = {"If-None-Match": first.headers["ETag"]}
    assert newsroom.client.get(LIST, query_string=query, headers=asked).status_code == 304
    posted = newsroom.approved()
    answer = newsroom.client.get(LIST, query_string=query, headers=asked)
    assert (answer.status_code, ids(answer.get_json())) == (200, [posted["id"]])


def test_a_thread_that_nobody_wrote_in_can_be_watched(newsroom: Newsroom) -> None:
    seen = newsroom.thread()
    assert newer(newsroom, seen)["comments"] == []
    first = newsroom.approved()
    assert ids(newer(newsroom, seen)) == [first["id"]]


@pytest.mark.parametrize("cursor", ["x", "W10", "WyJhcnJpdmFscyIsLTFd", "WyJhcnJpdmFscyIsMWU5OV0", "é" * 300])
def test_a_cursor_of_another_kind_is_refused(newsroom: Newsroom, cursor: str) -> None:
    newsroom.approved()
    answer = newsroom.client.get(LIST, query_string={"url": ARTICLE, "newer": cursor})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.get_json()["errors"]] == ["newer"]


def test_who_asks_while_comments_are_being_published_misses_none(any_newsroom: Newsroom) -> None:
    sent = {any_newsroom.posted()["id"] for _ in range(40)}
    half = sorted(sent)[:20]
    any_newsroom.run_sql("UPDATE comments SET awaits = 'human'")
    gate = threading.Barrier(3)

    def publish(mine: list[str]) -> None:
        desk = copy.copy(any_newsroom)
        desk.client = any_newsroom.app.test_client()
        gate.wait()
        for public_id in mine:
            desk.decide(public_id, "approve")

    deciders = [threading.Thread(target=publish, args=(part,)) for part in (half, sorted(sent - set(half)))]
    for one in deciders:
        one.start()
    gate.wait()
    found, page = set[str](), any_newsroom.thread()
    found |= set(ids(page))
    while any(one.is_alive() for one in deciders):
        page = newer(any_newsroom, page)
        found |= set(ids(page))
    assert found | set(ids(newer(any_newsroom, page))) == sent
