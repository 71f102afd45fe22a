"""Which submissions are taken, and what is said about those that are not?"""

from typing import Any

import pytest

from comments_service.storage.tables import Comment
from tests.comments_service.web.newsroom import Newsroom

LONG_URL = "https://news.example/" + "a" * 2000


def wrong_fields(answer: Any) -> set[tuple[str, str]]:
    assert answer.status_code == 422, answer.get_data(as_text=True)
    assert answer.mimetype == "application/problem+json"
    problem = answer.get_json()
    assert set(problem) == {"type", "title", "status", "detail", "errors"}
    assert all(error["message"] for error in problem["errors"])
    return {(error["field"], error["code"]) for error in problem["errors"]}


def test_a_valid_comment_is_stored_and_waits(shared_newsroom: Newsroom) -> None:
    before = shared_newsroom.count_rows(Comment)
    answer = shared_newsroom.post(website="ann.example", title="The harbour", notify=True)
    assert answer.status_code == 202
    assert answer.headers["Cache-Control"] == "no-store"
    told = answer.get_json()
    assert told["status"] == "pending"
    assert set(told) == {"id", "status", "edit_token", "comment", "editable_until", "status_url"}
    assert told["comment"]["author"]["website"] == "https://ann.example/"
    assert set(told["comment"]) == {
        *("id", "parent_id", "author", "html", "created_at", "votes", "replies", "reply_count"),
    }
    assert shared_newsroom.count_rows(Comment) == before + 1
    assert "judge" in shared_newsroom.rung


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("url", None, "empty"),
        ("url", "", "empty"),
        ("url", "not a url", "control"),
        ("url", "javascript:alert(1)", "scheme"),
        ("url", "//news.example/a", "scheme"),
        ("url", "https://ann@news.example/", "userinfo"),
        ("url", "https://news.example\\@evil.example", "backslash"),
        ("url", "https://news.example/ann@example.org", "address"),
        ("url", LONG_URL, "too_long"),
        ("url", 7, "invalid"),
        ("name", None, "required"),
        ("name", "", "required"),
        ("name", " \u200b\t", "required"),
        ("name", "\u3164\u2800", "required"),
        ("name", "x" * 81, "too_long"),
        ("name", "ann@example.org", "address"),
        ("name", "Ann (ann at example dot org)", "address"),
        ("name", ["Ann"], "invalid"),
        ("email", None, "required"),
        ("email", "", "required"),
        ("email", "ann", "syntax"),
        ("email", {"a": 1}, "invalid"),
        ("body", None, "required"),
        ("body", "\u200b \n", "required"),
        ("body", "x", "too_short"),
        ("body", "x" * 10_001, "too_long"),
        ("body", 12.5, "invalid"),
        ("website", "http://", "host"),
        ("website", "javascript:alert(1)", "scheme"),
        ("website", "https://user:pw@example.org", "userinfo"),
        ("website", "ann@example.org", "address"),
        ("website", "https://example.org/?mail=ann@example.org", "address"),
        ("website", "https://example.org/" + "a" * 290, "too_long"),
        ("parent_id", "0" * 24, "unknown"),
        ("parent_id", "../../etc", "unknown"),
        ("parent_id", 5, "invalid"),
        ("notify", "yes", "invalid"),
        ("subject", 1, "invalid"),
        ("form_token", None, "malformed"),
        ("form_token", "", "malformed"),
        ("form_token", "not-a-token", "malformed"),
        ("form_token", 1, "invalid"),
        ("status", "approved", "unknown_field"),
        ("badge", "staff", "unknown_field"),
        ("Name", "Ann", "unknown_field"),
    ],
)
def test_one_wrong_field_is_named(shared_newsroom: Newsroom, field: str, value: Any, code: str) -> None:
    before = shared_newsroom.count_rows(Comment)
    assert wrong_fields(shared_newsroom.post(**{field: value})) == {(field, code)}
    assert shared_newsroom.count_rows(Comment) == before


def test_all_wrong_fields_come_back_at_once(shared_newsroom: Newsroom) -> None:
    """Of a wrong type, of a wrong value and unknown ones in one answer."""
    answer = shared_newsroom.post(
        url="ftp://x", name=7, email="nobody", website="http://", body="", form_token="", colour="red", notify="maybe"
    )
    assert {field for field, _ in wrong_fields(answer)} == {
        *("url", "name", "email", "website", "body", "form_token", "colour", "notify"),
    }


@pytest.mark.parametrize("field", ["website", "title", "parent_id", "notify", "subject"])
def test_null_means_not_given_where_a_field_may_be_left_out(shared_newsroom: Newsroom, field: str) -> None:
    body = shared_newsroom.submission() | {field: None}
    assert shared_newsroom.send(body).status_code == 202


def test_texts_at_their_limits_are_taken(shared_newsroom: Newsroom) -> None:
    told = shared_newsroom.posted(name="ж" * 80, body="字" * 10_000, website="https://w.example/" + "a" * 280)
    assert told["comment"]["author"]["name"] == "ж" * 80


def test_a_site_may_ask_for_less(shared_newsroom: Newsroom) -> None:
    shared_newsroom.change(required=["body"])
    try:
        told = shared_newsroom.posted(name=None, email=None)
        assert told["comment"]["author"]["name"] == "Anonymous"
        form = shared_newsroom.client.get("/api/v1/sites/news/form?url=https://news.example/a").get_json()
        assert form["required"] == ["body"]
    finally:
        shared_newsroom.change(required="")


def test_an_unknown_site_is_a_404(shared_newsroom: Newsroom) -> None:
    for key in ("nobody", "NEWS", "x" * 65, "..", "news%00"):
        answer = shared_newsroom.client.post(f"/api/v1/sites/{key}/comments", json=shared_newsroom.submission())
        assert answer.status_code == 404, key


def test_the_first_title_stays_and_is_shown_with_the_first_comment(shared_newsroom: Newsroom) -> None:
    url = "https://news.example/titled"
    shared_newsroom.posted(url=url, title="Buy pills")
    assert shared_newsroom.thread(url)["thread"]["title"] == "", "nothing is approved yet"
    shared_newsroom.approved(url=url, title="Another")
    assert shared_newsroom.thread(url)["thread"]["title"] == "Buy pills"


@pytest.mark.parametrize(
    "spelling",
    [
        "https://news.example/one?utm_source=mail",
        "http://news.example/one",
        "https://NEWS.example/one/",
        "https://news.example:443/one#comments",
        "https://news.example/one/index.html?fbclid=x",
        "https://news.example/./one",
        "https://news.example/one?ref=ann@example.org",
    ],
)
def test_one_article_has_one_thread_however_its_url_is_spelt(shared_newsroom: Newsroom, spelling: str) -> None:
    shared_newsroom.approved(url=spelling)
    one = shared_newsroom.thread("https://news.example/one")
    other = shared_newsroom.thread(spelling)
    assert other == one
    assert one["thread"]["url"] == "https://news.example/one"
    asked = shared_newsroom.client.get("/api/v1/sites/news/counts", query_string={"url": spelling}).get_json()
    assert asked["counts"] == {spelling: one["thread"]["count"]}
