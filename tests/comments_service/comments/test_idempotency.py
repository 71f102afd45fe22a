"""Is a POST that is sent again, after a lost answer or at the same moment, still one comment?"""

import threading

import pytest

from comments_service.storage.tables import Comment, IdempotencyKey, OutboxRow
from tests.comments_service.web.newsroom import Newsroom
from tests.comments_service.web.newsroom_fixtures import MakeNewsroom

KEY = {"Idempotency-Key": "3f1c-first"}


def test_the_same_post_again_has_the_same_answer(any_newsroom: Newsroom) -> None:
    body = any_newsroom.submission()
    first, again = any_newsroom.send(body, KEY), any_newsroom.send(body, KEY)
    assert (first.status_code, again.status_code) == (202, 202)
    assert again.get_json() == first.get_json()
    counted = [any_newsroom.count_rows(table) for table in (Comment, OutboxRow, IdempotencyKey)]
    assert counted == [1, 1, 1]


def test_a_fresh_form_token_does_not_make_another_comment(newsroom: Newsroom) -> None:
    body = newsroom.submission()
    first = newsroom.send(body, KEY).get_json()
    again = newsroom.send(body | {"form_token": newsroom.form_token(5)}, KEY).get_json()
    assert again["edit_token"] == first["edit_token"]


def test_a_repeat_is_not_held_to_the_flood_limit(make_newsroom: MakeNewsroom) -> None:
    newsroom = make_newsroom(flood_network_per_minute=1)
    body = newsroom.submission()
    assert [newsroom.send(body, KEY).status_code for _ in range(3)] == [202, 202, 202]


@pytest.mark.parametrize("field", ["body", "email", "name", "url", "website"])
def test_the_same_key_with_another_comment_is_refused(shared_newsroom: Newsroom, field: str) -> None:
    key = {"Idempotency-Key": f"key of {field}"}
    body = shared_newsroom.submission(website="https://a.example/")
    assert shared_newsroom.send(body, key).status_code == 202
    other = {"body": "Something else.", "email": "other@example.org", "name": "Other", "website": "https://b.example/"}
    answer = shared_newsroom.send(body | {field: other.get(field, "https://news.example/b")}, key)
    assert answer.status_code == 422
    assert [(e["field"], e["code"]) for e in answer.get_json()["errors"]] == [("", "idempotency_key")]


def test_keys_of_two_sites_have_nothing_to_do_with_each_other(newsroom: Newsroom) -> None:
    assert newsroom.post(KEY).status_code == 202
    newsroom.run_sql(
        "INSERT INTO sites (id, key, name, origins, settings, version, created_at)"
        " SELECT 99, 'other', name, origins, settings, version, created_at FROM sites WHERE key = 'news'"
    )
    body = newsroom.submission(form_token=newsroom.form_token(site="other"))
    assert newsroom.client.post("/api/v1/sites/other/comments", json=body, headers=KEY).status_code == 202


def test_an_overlong_key_is_refused(shared_newsroom: Newsroom) -> None:
    assert shared_newsroom.post({"Idempotency-Key": "k" * 201}).status_code == 422
    assert shared_newsroom.post({"Idempotency-Key": "k" * 200}).status_code == 202


def test_a_refused_post_does_not_use_up_its_key(newsroom: Newsroom) -> None:
    assert newsroom.post(KEY, name="").status_code == 422
    assert newsroom.post(KEY).status_code == 202


def test_many_at_once_are_one_comment(any_newsroom: Newsroom) -> None:
    body, together, answers = any_newsroom.submission(), threading.Barrier(6), []

    def send() -> None:
        client = any_newsroom.app.test_client()
        together.wait()
        answers.append(client.post("/api/v1/sites/news/comments", json=body, headers=KEY))

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.get_json()["edit_token"] for answer in answers}) == 1
    assert any_newsroom.count_rows(Comment) == 1
    assert any_newsroom.count_rows(OutboxRow) == 1
