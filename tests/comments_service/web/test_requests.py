"""Which requests are refused before anybody looks at the comment: bodies, types, sizes, origins, hosts."""

from typing import Any

import pytest

from comments_service.storage.tables import Comment
from tests.comments_service.web.newsroom import ORIGIN, Newsroom
from tests.comments_service.web.newsroom_fixtures import MakeNewsroom

POST = "/api/v1/sites/news/comments"


def assert_problem(answer: Any, status: int) -> None:
    assert answer.status_code == status, answer.get_data(as_text=True)[:300]
    assert answer.mimetype == "application/problem+json"
    problem = answer.get_json()
    assert set(problem) == {"type", "title", "status", "detail", "errors"}
    assert problem["status"] == status
    assert problem["detail"]
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"\xff\xfe{}",
        b"[" * 60_000,
        b'{"a":' * 12_000,
        b"9" * 60_000,
    ],
)
def test_what_is_not_a_json_object_is_a_400(shared_newsroom: Newsroom, body: bytes) -> None:
    answer = shared_newsroom.client.post(POST, data=body, content_type="application/json")
    assert_problem(
        answer, 422 if body.startswith(b'{"a":{"a"') and body.endswith(b"}") and answer.status_code == 422 else 400
    )


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "x"])
def test_only_json_is_taken(shared_newsroom: Newsroom, kind: str) -> None:
    """A page of another site can send these types without asking first."""
    assert_problem(shared_newsroom.client.post(POST, data=b"{}", content_type=kind), 400)


def test_more_than_64_kib_is_a_413(shared_newsroom: Newsroom) -> None:
    before = shared_newsroom.count_rows(Comment)
    fits = shared_newsroom.submission(subject="x" * 40_000)
    assert shared_newsroom.send(fits).status_code == 202
    assert_problem(shared_newsroom.send(shared_newsroom.submission(body="x" * 66_000)), 413)
    assert shared_newsroom.count_rows(Comment) == before + 1


@pytest.mark.parametrize(
    "text",
    [
        b'"\\ud800"',
        b'"\\udfff \\u0000 \\u0008"',
        b"NaN",
        b"Infinity",
        b"-1e999",
        b"9" * 3000,
        b'{"a": {"b": [1, 2]}}',
        b"true",
        b'"\\u202e\\u2066"',
    ],
)
@pytest.mark.parametrize(
    "field", ["url", "title", "parent_id", "name", "email", "website", "body", "notify", "form_token", "subject"]
)
def test_odd_values_of_any_field_are_answered(shared_newsroom: Newsroom, field: str, text: bytes) -> None:
    import json

    usual = json.dumps(shared_newsroom.submission(**{field: None})).encode()
    body = usual[:-1] + b', "' + field.encode() + b'": ' + text + b"}"
    answer = shared_newsroom.client.post(POST, data=body, content_type="application/json")
    assert answer.status_code in {202, 400, 422}, answer.get_data(as_text=True)


@pytest.mark.parametrize("text", ['"\\ud800"', '"\\u0000"', '"\\udbff x"'])
def test_odd_voters_and_notes_are_answered(any_newsroom: Newsroom, text: str) -> None:
    posted = any_newsroom.approved()
    for road, body in (
        ("votes", f'{{"value": 1, "voter": {text}}}'),
        ("reports", f'{{"reason": "spam", "voter": {text}}}'),
        ("reports", f'{{"reason": "spam", "note": {text}}}'),
    ):
        answer = any_newsroom.client.post(f"{POST}/{posted['id']}/{road}", data=body, content_type="application/json")
        assert answer.status_code == 204, answer.get_data(as_text=True)


def test_odd_texts_are_stored_without_what_no_database_holds(any_newsroom: Newsroom) -> None:
    told = any_newsroom.posted(body="A\ud800B\x00C\x1bD\r\nE", name="N\x00a\ud800me", title="T\x00\ud800")
    assert told["comment"]["html"] == "<p>ABCD\nE</p>" or "ABCD" in told["comment"]["html"]
    assert told["comment"]["author"]["name"] == "Name"
    assert any_newsroom.own(told, "PATCH", json={"body": "\ud800\x00 edited"}).status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://news.example.evil.example", "http://news.example",
    "https://news.example:444", "HTTPS://NEWS.EXAMPLE", "https://news.example/", "", "*"])  # fmt: skip
def test_pages_of_other_origins_may_not_write(shared_newsroom: Newsroom, origin: str) -> None:
    posted = shared_newsroom.approved()
    own, bearer = f"{POST}/{posted['id']}", {"Authorization": f"Bearer {posted['edit_token']}"}
    for method, path, body in (
        ("POST", POST, shared_newsroom.submission()),
        ("POST", f"{own}/votes", {"value": 1}),
        ("POST", f"{own}/reports", {"reason": "spam"}),
        ("PATCH", own, {"body": "From elsewhere."}),
        ("DELETE", own, None),
    ):
        answer = shared_newsroom.client.open(path, method=method, json=body, headers={**bearer, "Origin": origin})
        assert_problem(answer, 403)
        assert "Access-Control-Allow-Origin" not in answer.headers
    page = shared_newsroom.client.post(
        "/sites/news/thread?url=https://news.example/a", data=shared_newsroom.submission(), headers={"Origin": origin}
    )
    assert page.status_code == 403


READS = [
    f"{POST}?url=https://news.example/a",
    "/api/v1/sites/news/counts?url=https://news.example/a",
    "/api/v1/sites/news/form?url=https://news.example/a",
]


@pytest.mark.parametrize("path", READS)
def test_a_sites_pages_can_read_and_no_others(shared_newsroom: Newsroom, path: str) -> None:
    for origin, told in (
        (ORIGIN, ORIGIN),
        ("https://comments.example", "https://comments.example"),
        ("https://evil.example", None),
    ):
        answer = shared_newsroom.client.get(path, headers={"Origin": origin})
        assert answer.status_code == 200
        assert answer.headers.get("Access-Control-Allow-Origin") == told
        assert "Origin" in answer.headers["Vary"]
        assert "Access-Control-Allow-Credentials" not in answer.headers


def test_a_sites_pages_can_read_what_was_wrong(make_newsroom: MakeNewsroom) -> None:
    """Else the widget could only say that something failed, not which field or how long to wait."""
    newsroom = make_newsroom(flood_network_per_minute=1)
    page = {"Origin": ORIGIN}
    assert newsroom.post(page).status_code == 202
    wrong = [
        newsroom.post(page),
        newsroom.post(page, name=""),
        newsroom.client.post(POST, data=b"{", content_type="application/json", headers=page),
        newsroom.client.post(POST, data=b"x" * 70_000, content_type="application/json", headers=page),
        newsroom.client.get(POST, headers=page),
        newsroom.client.get(f"{POST}/{'f' * 24}", headers=page),
        newsroom.client.post(f"{POST}/{'f' * 24}/votes", json={"value": 3}, headers=page),
    ]
    assert [answer.status_code for answer in wrong] == [429, 422, 400, 413, 422, 404, 422]
    for answer in wrong:
        assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
        assert "Retry-After" in answer.headers["Access-Control-Expose-Headers"]
        assert "Origin" in answer.headers["Vary"]
    unknown = newsroom.client.get("/api/v1/sites/other/form?url=https://news.example/", headers=page)
    assert unknown.status_code == 404
    assert "Access-Control-Allow-Origin" not in unknown.headers


@pytest.mark.parametrize("path", ["comments", "comments/" + "a" * 24, "comments/" + "a" * 24 + "/votes",
    "comments/" + "a" * 24 + "/reports", "counts", "form"])  # fmt: skip
def test_a_browser_that_asks_first_is_answered(shared_newsroom: Newsroom, path: str) -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    own = shared_newsroom.client.options(f"/api/v1/sites/news/{path}", headers={"Origin": ORIGIN, **asked})
    assert own.status_code == 204
    assert own.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert own.headers["Access-Control-Allow-Methods"] == "GET, POST, PATCH, DELETE"
    assert own.headers["Access-Control-Allow-Headers"] == "Authorization, Content-Type, Idempotency-Key"
    assert own.headers["Access-Control-Max-Age"] == "600"
    foreign = shared_newsroom.client.options(
        f"/api/v1/sites/news/{path}", headers={"Origin": "https://evil.example", **asked}
    )
    assert not [name for name, _ in foreign.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize("host", ["evil.example", "comments.example.evil.example", "news.example", "10.0.0.1"])
def test_other_hosts_are_refused_and_never_reach_a_link(shared_newsroom: Newsroom, host: str) -> None:
    for path in ("/api/v1/sites/news/feed.atom", READS[0], "/docs", "/sites/news/thread?url=https://news.example/a"):
        answer = shared_newsroom.client.get(path, headers={"Host": host})
        assert answer.status_code == 400
        assert host not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "path", ["/", "/api/v1/sites/news/feed.atom", "/docs", "/api/v1/nothing", "/sites/news/thread?url=x"]
)
def test_every_answer_carries_the_safe_defaults(shared_newsroom: Newsroom, path: str) -> None:
    answer = shared_newsroom.client.get(path)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers
