"""Does a preview show what will be published, and keep nothing?"""

from typing import Any

import pytest

from comments_service.storage.tables import Comment
from tests.comments_service.web.newsroom import ORIGIN, Newsroom

PREVIEW = "/api/v1/sites/news/preview"


@pytest.mark.parametrize(
    "body",
    ["Plain **bold** `code`\n\n- a\n- b", "<script>alert(1)</script>", "Write to ann@example.org", " spaces \r\n ",
     "[here](javascript:alert(1)) and [there](https://example.org)"],
)  # fmt: skip
def test_a_preview_is_what_will_be_published(newsroom: Newsroom, body: str) -> None:
    before = newsroom.count_rows(Comment)
    answer = newsroom.client.post(PREVIEW, json={"body": body})
    assert answer.status_code == 200
    assert newsroom.count_rows(Comment) == before
    assert answer.get_json() == {"html": newsroom.posted(body=body)["comment"]["html"]}
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("body", "status"),
    [({}, 422), ({"body": ""}, 422), ({"body": 7}, 422), ({"body": "x" * 10_001}, 422), ({"body": "x" * 66_000}, 413),
     ({"body": "A text.", "name": "Ann"}, 422), ([], 400)],
)  # fmt: skip
def test_a_text_that_could_not_be_posted_is_refused_as_there(newsroom: Newsroom, body: Any, status: int) -> None:
    answer = newsroom.client.post(PREVIEW, json=body)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"


def test_a_site_s_own_length_holds(newsroom: Newsroom) -> None:
    newsroom.change(max_body_length=200)
    errors = newsroom.client.post(PREVIEW, json={"body": "x" * 201}).get_json()["errors"]
    assert [(error["field"], error["code"]) for error in errors] == [("body", "too_long")]


def test_only_the_sites_own_pages_may_ask(newsroom: Newsroom) -> None:
    for origin, status in ((ORIGIN, 200), ("https://evil.example", 403)):
        answer = newsroom.client.post(PREVIEW, json={"body": "A text."}, headers={"Origin": origin})
        assert answer.status_code == status
    assert newsroom.client.post("/api/v1/sites/none/preview", json={"body": "A text."}).status_code == 404


def test_previews_are_held_to_a_limit_of_each_network(newsroom: Newsroom) -> None:
    def ask(ip: str) -> int:
        return newsroom.client.post(PREVIEW, json={"body": "A text."}, environ_base={"REMOTE_ADDR": ip}).status_code

    answers = [ask("198.51.100.7") for _ in range(61)]
    assert (set(answers[:60]), answers[60]) == ({200}, 429)
    assert ask("203.0.113.9") == 200
