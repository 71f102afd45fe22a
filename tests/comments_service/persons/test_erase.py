"""Is a person erased everywhere, and nobody else; does the thread keep its shape?"""

from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from comments_service.storage.tables import Address, Follow, Notice, Report, Revision
from comments_service.training_data.collect import collect
from tests.comments_service.persons.officer import ADDRESS, NAME, NOTE, TEXT, Officer, leave_traces
from tests.comments_service.web.newsroom import ARTICLE

OTHER = "otto.other@leaky.example"


def _texts(comments: list[dict[str, Any]]) -> list[str]:
    return [one["html"] for one in comments] + [text for one in comments for text in _texts(one["replies"])]


def test_a_comment_above_replies_becomes_an_empty_place_and_others_vanish(any_officer: Officer) -> None:
    newsroom = any_officer.newsroom
    ids = leave_traces(newsroom)
    before = newsroom.thread()
    assert any(TEXT in text for text in _texts(before["comments"]))
    erased = any_officer.erase()
    assert erased["erased"] == {"comments": 3, "stubs": 1, "addresses": 1, "follows": 1, "notices": 1, "mails": 1}
    after = newsroom.thread()
    (place,) = after["comments"]
    assert (place["id"], place["removed"], place["html"], place["author"]) == (
        ids["stub"],
        True,
        "",
        {"name": "", "avatar": ""},
    )
    assert [reply["id"] for reply in place["replies"]] == [ids["reply"]]
    assert after["thread"]["count"] == before["thread"]["count"] - 2
    feed = newsroom.client.get("/api/v1/sites/news/feed.atom").get_data(as_text=True)
    assert ids["reply"] in feed
    assert ids["gone"] not in feed
    assert NAME not in feed


def test_a_kept_answer_is_not_given_any_more(officer: Officer) -> None:
    newsroom = officer.newsroom
    leave_traces(newsroom)
    query = {"url": ARTICLE}
    etag = newsroom.client.get("/api/v1/sites/news/comments", query_string=query).headers["ETag"]
    newsroom.client.get("/api/v1/sites/news/comments", query_string=query)
    officer.erase()
    answer = newsroom.client.get("/api/v1/sites/news/comments", query_string=query, headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert "Quokkas" not in answer.get_data(as_text=True)


def test_what_hangs_below_the_comments_goes_and_what_is_others_stays(any_officer: Officer) -> None:
    newsroom = any_officer.newsroom
    ids = leave_traces(newsroom)
    otto = newsroom.approved(email=OTHER, body="Otto was never erased.")
    any_officer.erase()
    left = {
        table: newsroom.run_sql(
            f"SELECT count(*) FROM {table} t JOIN comments c ON c.id = t.comment_id WHERE c.name = ''"
        )[0][0]
        for table in ("revisions", "evidence", "scores", "reports", "votes", "idempotency_keys", "second_looks")
    }
    assert left == dict.fromkeys(left, 0)
    assert newsroom.count_rows(Follow) == newsroom.count_rows(Report) - newsroom.count_rows(Notice) == 0
    assert newsroom.run_sql("SELECT kind FROM outbox WHERE kind = 'mail'") == []
    assert (
        newsroom.run_sql(
            "SELECT blind_index FROM addresses a WHERE NOT EXISTS (SELECT 1 FROM comments c WHERE c.address_id = a.id)"
        )
        == []
    )
    assert newsroom.row(otto["id"]).source == "Otto was never erased."
    assert newsroom.row(ids["other"]).status == "approved"
    assert newsroom.count_rows(Revision) == 3


def test_a_notice_keeps_number_and_outcome_without_the_person(officer: Officer) -> None:
    newsroom = officer.newsroom
    leave_traces(newsroom)
    (before,) = newsroom.run_sql("SELECT reference, comment_id, created_at FROM notices")
    officer.erase()
    (after,) = newsroom.run_sql("SELECT * FROM notices")
    assert (after.reference, after.comment_id, after.created_at) == tuple(before)
    assert (after.notifier, after.sealed, after.name, after.explanation) == (after.reference, None, "", "")


def test_the_log_of_decisions_stays_without_its_notes(any_officer: Officer) -> None:
    newsroom = any_officer.newsroom
    leave_traces(newsroom)
    columns = "id, comment_id, action, actor, reason, from_status, to_status, moderator_id, created_at"
    before = newsroom.run_sql(f"SELECT {columns} FROM decisions ORDER BY id")
    assert newsroom.run_sql("SELECT note FROM decisions WHERE note <> ''") == [(NOTE,)]
    any_officer.erase()
    after = newsroom.run_sql(f"SELECT {columns} FROM decisions ORDER BY id")
    assert after[: len(before)] == before
    assert [(row.action, row.actor, row.to_status) for row in after[len(before) :]] == [
        ("erase", "system", "deleted")
    ] * 3
    assert newsroom.run_sql("SELECT note FROM decisions WHERE note <> ''") == []


@pytest.mark.parametrize(
    "change",
    ["note = 'other words'", "note = '', reason = 'x'", "note = '', scores = NULL", "note = '', created_at = 1"],
)
def test_nothing_but_a_note_can_be_taken_from_the_log(any_officer: Officer, change: str) -> None:
    newsroom = any_officer.newsroom
    newsroom.approved()
    with pytest.raises(DBAPIError):
        newsroom.run_sql(f"UPDATE decisions SET {change}")
    newsroom.run_sql("UPDATE decisions SET note = ''")


def test_nobody_brings_it_back(any_officer: Officer) -> None:
    newsroom = any_officer.newsroom
    mine = newsroom.approved(email=ADDRESS)
    newsroom.decide(mine["id"], "delete")
    any_officer.erase()
    for decision in ("approve", "undo"):
        (result,) = newsroom.decide(mine["id"], decision)["results"]
        assert result["result"] != "ok", result
    assert newsroom.own(mine, "PATCH", json={"body": "Here again."}).status_code in {404, 409}
    taken_back = newsroom.posted(email=ADDRESS)
    newsroom.own(taken_back, "DELETE")
    any_officer.erase()
    restored = newsroom.client.post(
        f"/api/v1/sites/news/comments/{taken_back['id']}/restore",
        headers={"Authorization": f"Bearer {taken_back['edit_token']}"},
    )
    assert restored.status_code == 409
    assert newsroom.row(taken_back["id"]).source == ""
    assert newsroom.row(mine["id"]).status == "deleted"
    assert newsroom.status(mine) == "deleted"


def test_an_old_export_that_is_imported_brings_nothing_back(officer: Officer) -> None:
    newsroom = officer.newsroom
    leave_traces(newsroom)
    lines = officer.type("export", "--site", "news", "--with-addresses").stdout
    assert TEXT in lines
    officer.erase()
    officer.type("import", "jsonl", "-", "--site", "news", typed=lines)
    assert newsroom.run_sql("SELECT count(*) FROM comments WHERE source LIKE '%uokka%'") == [(0,)]
    again = officer.type("export", "--site", "news", "--with-addresses")
    assert again.exit_code == 0
    assert "uokka" not in again.stdout


def test_erased_comments_never_train(officer: Officer) -> None:
    newsroom = officer.newsroom
    ids = leave_traces(newsroom)
    newsroom.decide(ids["reply"], "approve")
    with newsroom.app.app_context(), newsroom.runtime.reading() as session:
        taught = {example.id for example in collect(session)}
    assert {ids["gone"], ids["stub"], ids["reply"]} <= taught
    officer.erase()
    with newsroom.app.app_context(), newsroom.runtime.reading() as session:
        assert {example.id for example in collect(session, every=True)} == {ids["reply"]}


def test_only_the_site_that_was_asked_for(officer: Officer) -> None:
    newsroom = officer.newsroom
    newsroom.approved(email=ADDRESS)
    assert officer.type("site", "add", "other", "--name", "O", "--origin", "https://o.example").exit_code == 0
    assert officer.erase("--site", "other")["erased"]["comments"] == 0
    assert newsroom.count_rows(Address) == 1
    assert officer.erase("--site", "news")["erased"]["comments"] == 1
    assert newsroom.count_rows(Address) == 0


def test_an_address_that_a_former_secret_indexed_is_found(officer: Officer) -> None:
    newsroom = officer.newsroom
    mine = newsroom.approved(email=ADDRESS)
    officer.env |= {
        "COMMENTS_OLD_SECRET_KEYS": newsroom.settings.secret_key,
        "COMMENTS_SECRET_KEY": "another-secret-of-more-than-32-characters",
    }
    (found,) = officer.privacy("export")["comments"]
    assert found["id"] == mine["id"]
    assert officer.erase()["erased"]["comments"] == 1
    assert newsroom.row(mine["id"]).name == ""


def test_erasing_many_goes_in_lots_and_keeps_the_counts_true(officer: Officer) -> None:
    newsroom = officer.newsroom
    top = newsroom.approved(email=ADDRESS)
    for number in range(120):
        newsroom.posted(email=ADDRESS, parent_id=top["id"] if number % 2 else None)
    own = newsroom.approved(email=ADDRESS, body="I answer")
    newsroom.posted(email=ADDRESS, body="myself", parent_id=own["id"])
    newsroom.posted(parent_id=top["id"])
    newsroom.judge()
    assert newsroom.thread()["thread"]["count"] == 124
    assert officer.privacy("erase", "--dry-run")["erased"]["stubs"] == 1
    erased = officer.erase()["erased"]
    assert (erased["comments"], erased["stubs"]) == (123, 1)
    (place,) = newsroom.thread()["comments"]
    assert (place["id"], len(place["replies"])) == (top["id"], 1)
    assert newsroom.thread()["thread"]["count"] == 1


def test_the_desk_tells_that_it_is_erased(officer: Officer) -> None:
    newsroom = officer.newsroom
    ids = leave_traces(newsroom)
    officer.erase()
    headers = {"Authorization": f"Bearer {newsroom.moderator}"}
    for path in ("queue?status=deleted", f"comments/{ids['gone']}", f"comments/{ids['gone']}/history"):
        answer = newsroom.client.get(f"/api/v1/moderation/{path}", headers=headers)
        assert answer.status_code == 200, path
        assert "uokka" not in answer.get_data(as_text=True)
    assert answer.get_json()["history"][-1]["action"] == "erase"
    for page in (f"comments/{ids['gone']}", "history"):
        told = newsroom.client.get(f"/moderation/{page}", headers=headers).get_data(as_text=True)
        assert "erased it, as its author asked" in told
        assert "uokka" not in told
