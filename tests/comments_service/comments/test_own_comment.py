"""What can an author still do with a comment, and for how long?"""

from typing import Any

import pytest

from comments_service.storage.tables import Revision
from tests.comments_service.web.newsroom import ARTICLE, Newsroom
from tests.comments_service.web.newsroom_fixtures import MakeNewsroom


def path(posted: dict[str, Any]) -> str:
    return f"/api/v1/sites/news/comments/{posted['id']}"


def test_the_author_follows_the_own_comment(newsroom: Newsroom) -> None:
    good, bad, rude = newsroom.posted(), newsroom.posted(body="spam=0.99"), newsroom.posted()
    assert newsroom.status(good) == "pending"
    newsroom.judge()
    newsroom.decide(rude["id"], "reject")
    answer = newsroom.own(good)
    assert answer.get_json()["status"] == "approved"
    assert "reason" not in answer.get_json()
    assert answer.headers["Cache-Control"] == "no-store"
    for posted, status in ((bad, "spam"), (rude, "rejected")):
        told = newsroom.own(posted).get_json()
        assert told["status"] == status
        assert told["reason"]
        assert not any(word in str(told["reason"]) for word in ("0.99", "score", "toxic"))


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_only_the_own_token_opens_a_comment(shared_newsroom: Newsroom, method: str) -> None:
    mine, other = shared_newsroom.posted(), shared_newsroom.posted()
    tokens = [None, "", "Bearer", "Bearer ", f"Bearer {other['edit_token']}", f"Basic {mine['edit_token']}", "Bearer é"]
    for token in [*tokens, f"Bearer {mine['edit_token'][:-1]}", f"Bearer {shared_newsroom.moderator}"]:
        headers = {} if token is None else {"Authorization": token}
        answer = shared_newsroom.client.open(path(mine), method=method, json={"body": "Not mine."}, headers=headers)
        assert answer.status_code == 404, token
    bearer = {"Authorization": f"Bearer {mine['edit_token']}"}
    for wrong in ("f" * 24, mine["id"].upper(), "1", "%00"):
        answer = shared_newsroom.client.open(
            f"/api/v1/sites/news/comments/{wrong}", method=method, json={"body": "Not there."}, headers=bearer
        )
        assert answer.status_code == 404, wrong
    assert shared_newsroom.row(mine["id"]).status == "pending"


def test_an_edit_is_judged_again_and_hidden_until_then(newsroom: Newsroom) -> None:
    posted = newsroom.approved(body="The first text.")
    answer = newsroom.own(posted, "PATCH", json={"body": "The **second** text."})
    assert answer.status_code == 200
    told = answer.get_json()
    assert (told["status"], told["comment"]["html"]) == ("pending", "<p>The <strong>second</strong> text.</p>")
    assert told["comment"]["edited_at"]
    assert newsroom.thread()["comments"] == []
    assert newsroom.thread()["thread"]["count"] == 0
    newsroom.judge()
    (shown,) = newsroom.thread()["comments"]
    assert "second" in shown["html"]
    assert shown["edited_at"] == told["comment"]["edited_at"]
    assert newsroom.count_rows(Revision) == 2


def test_an_edit_into_spam_is_not_shown(newsroom: Newsroom) -> None:
    posted = newsroom.approved()
    newsroom.own(posted, "PATCH", json={"body": "Cheap pills, spam=0.99"})
    newsroom.judge()
    assert newsroom.status(posted) == "spam"
    assert newsroom.thread()["comments"] == []


def test_an_unchanged_text_changes_nothing(newsroom: Newsroom) -> None:
    posted = newsroom.approved(body="As it was.")
    assert newsroom.own(posted, "PATCH", json={"body": " As it was.\r\n"}).status_code == 200
    assert newsroom.status(posted) == "approved"
    assert newsroom.count_rows(Revision) == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "body"), ({"body": ""}, "body"), ({"body": 1}, "body"), ({"body": "x" * 10_001}, "body"),
     ({"body": "A new text.", "name": "Other"}, "name"), ({"body": "A new text.", "status": "approved"}, "status")],
)  # fmt: skip
def test_a_wrong_edit_names_the_field(shared_newsroom: Newsroom, body: dict[str, Any], field: str) -> None:
    posted = shared_newsroom.posted()
    answer = shared_newsroom.own(posted, "PATCH", json=body)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.get_json()["errors"]] == [field]
    assert shared_newsroom.row(posted["id"]).revision == 1


def test_an_edit_cannot_say_again_what_its_author_said_there(newsroom: Newsroom) -> None:
    newsroom.posted(email="ann@example.org", body="Said once.")
    second = newsroom.posted(email="ann@example.org", body="Something else.")
    assert newsroom.own(second, "PATCH", json={"body": "said ONCE."}).status_code == 409
    assert newsroom.own(second, "PATCH", json={"body": "something ELSE."}).status_code == 200


def test_an_edit_into_what_many_say_waits_for_a_person(make_newsroom: MakeNewsroom) -> None:
    newsroom = make_newsroom(max_repetitions=3)
    for number in range(3):
        newsroom.posted(body="Visit my page today", url=f"{ARTICLE}/{number}")
    posted = newsroom.posted()
    newsroom.own(posted, "PATCH", json={"body": "Visit my page today"})
    newsroom.judge()
    assert newsroom.status(posted) == "pending"


def test_edits_are_held_to_a_limit(newsroom: Newsroom) -> None:
    posted = newsroom.posted()
    answers = [newsroom.own(posted, "PATCH", json={"body": f"Text number {number}"}) for number in range(31)]
    assert {answer.status_code for answer in answers[:30]} == {200}
    assert answers[30].status_code == 429
    assert int(answers[30].headers["Retry-After"]) > 0


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_the_edit_window_ends(newsroom: Newsroom, method: str) -> None:
    posted = newsroom.approved()
    newsroom.run_sql("UPDATE comments SET created_at = created_at - :us", us=901 * 1_000_000)
    assert "editable_until" not in newsroom.own(posted).get_json()
    assert newsroom.own(posted, method, json={"body": "Too late."}).status_code == 409
    assert newsroom.status(posted) == "approved"


@pytest.mark.parametrize("decision", ["reject", "spam", "delete"])
def test_what_a_person_removed_cannot_be_edited(newsroom: Newsroom, decision: str) -> None:
    posted = newsroom.approved()
    newsroom.decide(posted["id"], decision)
    assert newsroom.own(posted, "PATCH", json={"body": "Another text."}).status_code == 409
    assert newsroom.thread()["comments"] == []


def test_a_withdrawn_comment_is_gone_for_good(newsroom: Newsroom) -> None:
    posted = newsroom.approved()
    assert newsroom.own(posted, "DELETE").status_code == 204
    assert newsroom.own(posted, "DELETE").status_code == 204, "deleting twice is no error"
    shown = newsroom.thread()
    assert (shown["thread"]["title"], shown["thread"]["count"], shown["comments"]) == ("", 0, [])
    assert newsroom.status(posted) == "deleted"
    result = newsroom.decide(posted["id"], "approve")
    assert newsroom.status(posted) == "deleted", result


def test_replies_keep_a_stub_above_them(newsroom: Newsroom) -> None:
    posted = newsroom.approved(name="Ann", body="Opinion.", website="https://ann.example/")
    reply = newsroom.approved(parent_id=posted["id"], name="Bob")
    newsroom.own(posted, "DELETE")
    (stub,) = newsroom.thread()["comments"]
    assert stub["removed"] is True
    assert (stub["author"], stub["html"]) == ({"name": "", "avatar": ""}, "")
    assert [one["id"] for one in stub["replies"]] == [reply["id"]]
    assert newsroom.thread()["thread"]["count"] == 1
    newsroom.own(reply, "DELETE")
    assert newsroom.thread()["comments"] == [], "a stub above nothing is nothing"


def test_the_source_comes_back_only_when_asked_for_and_while_it_can_be_edited(make_newsroom: MakeNewsroom) -> None:
    newsroom = make_newsroom()
    posted = newsroom.posted(body="Write to ann@example.org, *please*")
    assert "source" not in newsroom.own(posted).get_json()
    shown = newsroom.own(posted, query_string={"source": "1"}).get_json()
    assert shown["source"] == "Write to ann@example.org, *please*"
    assert "ann@example.org" not in shown["comment"]["html"]
