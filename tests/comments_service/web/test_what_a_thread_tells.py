"""Does a thread's answer bring what a page needs to draw the form, and who answers whom?"""

from typing import Any

import pytest

from tests.comments_service.web.newsroom import ARTICLE, Newsroom
from tests.comments_service.web.newsroom_fixtures import MakeNewsroom


def only(comments: list[dict[str, Any]]) -> dict[str, Any]:
    (one,) = comments
    return one


@pytest.mark.parametrize("written_in", [True, False])
def test_the_thread_names_the_forms_rules_as_the_form_does(make_newsroom: MakeNewsroom, written_in: bool) -> None:
    newsroom = make_newsroom(required=["name"], max_body_length=500, edit_window_s=60)
    if written_in:
        newsroom.approved()
    told = newsroom.thread()["thread"]
    assert told["required"] == ["body", "name"]
    assert told["limits"]["body"] == 500
    assert told["edit_window_s"] == 60
    form = newsroom.client.get("/api/v1/sites/news/form", query_string={"url": ARTICLE}).get_json()
    assert {name: form[name] for name in ("required", "limits", "edit_window_s")}.items() <= told.items()


def test_a_kept_answer_forgets_rules_that_have_changed(newsroom: Newsroom) -> None:
    newsroom.approved()
    assert newsroom.thread()["thread"]["edit_window_s"] == 900
    newsroom.change(edit_window_s=30)
    assert newsroom.thread()["thread"]["edit_window_s"] == 30


def test_a_reply_says_whom_it_answers_only_where_the_tree_does_not(make_newsroom: MakeNewsroom) -> None:
    newsroom = make_newsroom(max_depth=1)
    top = newsroom.approved(name="Ann")
    first = newsroom.approved(parent_id=top["id"], name="Ben")
    # As an import from elsewhere may have left it.
    newsroom.run_sql("UPDATE comments SET name = 'ben@example.org' WHERE public_id = :id", id=first["id"])
    sent = newsroom.posted(parent_id=first["id"], name="Cora")
    assert sent["comment"]["parent_id"] == top["id"]
    assert sent["comment"]["in_reply_to"]["id"] == first["id"]
    newsroom.judge()
    shown = only(newsroom.thread()["comments"])
    assert "in_reply_to" not in shown
    beside, below = shown["replies"]
    assert "in_reply_to" not in beside
    assert (below["id"], below["parent_id"]) == (sent["id"], top["id"])
    assert below["in_reply_to"] == {"id": first["id"], "name": beside["author"]["name"]}
    assert "@" not in below["in_reply_to"]["name"]
    assert newsroom.own(sent).get_json()["comment"]["in_reply_to"] == below["in_reply_to"]


def test_whom_a_reply_answers_has_no_name_once_hidden(make_newsroom: MakeNewsroom) -> None:
    newsroom = make_newsroom(max_depth=1)
    top = newsroom.approved()
    first = newsroom.approved(parent_id=top["id"], name="Secretben")
    answer = newsroom.approved(parent_id=first["id"])
    newsroom.own(first, "DELETE")
    reply = only(only(newsroom.thread()["comments"])["replies"])
    assert reply["in_reply_to"] == {"id": first["id"], "name": ""}
    assert "Secretben" not in str(newsroom.own(answer).get_json())


def test_a_reply_on_a_page_of_replies_says_whom_it_answers(make_newsroom: MakeNewsroom) -> None:
    newsroom = make_newsroom(max_depth=1)
    top = newsroom.approved()
    first = newsroom.approved(parent_id=top["id"], name="Ben")
    for _ in range(50):
        newsroom.posted(parent_id=first["id"])
    newsroom.judge()
    cursor = only(newsroom.thread()["comments"])["replies_cursor"]
    rest = newsroom.thread(parent=top["id"], cursor=cursor)["comments"]
    assert only(rest)["in_reply_to"] == {"id": first["id"], "name": "Ben"}
