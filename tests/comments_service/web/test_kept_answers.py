"""Are answers that are kept never stale, whoever made the change, and told to whom they may be told?"""

import gzip
import json
from typing import Any

import pytest

from comments_service.app import create_app
from tests.comments_service.web.newsroom import ARTICLE, ORIGIN, Newsroom

LIST = "/api/v1/sites/news/comments"


def read(newsroom: Newsroom, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return newsroom.client.get(LIST, query_string={"url": ARTICLE}, headers=named)


def test_an_unchanged_thread_is_a_304(newsroom: Newsroom) -> None:
    newsroom.approved()
    first = read(newsroom)
    for asked in (first.headers["ETag"], f'"other", {first.headers["ETag"]}', "*"):
        again = read(newsroom, If_None_Match=asked)
        assert (again.status_code, again.get_data()) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert "Origin" in again.headers["Vary"]
    assert read(newsroom, If_None_Match='"other"').status_code == 200


def test_both_encodings_say_the_same(newsroom: Newsroom) -> None:
    for _ in range(5):
        newsroom.approved()
    plain, packed = read(newsroom), read(newsroom, Accept_Encoding="br, gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.get_data()) == plain.get_data()
    assert int(packed.headers["Content-Length"]) == len(packed.get_data()) < len(plain.get_data())
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert "Content-Encoding" not in read(newsroom, Accept_Encoding="gzip;q=0").headers


def test_head_says_what_get_would(newsroom: Newsroom) -> None:
    newsroom.approved()
    got = read(newsroom)
    for _ in range(2):
        head = newsroom.client.head(LIST, query_string={"url": ARTICLE})
        assert head.get_data() == b""
        assert head.headers["ETag"] == got.headers["ETag"]
        assert head.headers["Content-Length"] == got.headers["Content-Length"]


def test_a_kept_answer_tells_each_origin_its_own(newsroom: Newsroom) -> None:
    newsroom.approved()
    for _ in range(2):
        for origin, told in (
            (ORIGIN, ORIGIN),
            ("https://evil.example", None),
            ("https://comments.example", "https://comments.example"),
        ):
            answer = read(newsroom, Origin=origin)
            assert answer.headers.get("Access-Control-Allow-Origin") == told
            assert "Origin" in answer.headers["Vary"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Cache-Control"] == "no-cache"


@pytest.fixture
def other_process(newsroom: Newsroom) -> Newsroom:
    """A second web process on the same database: it keeps answers of its own."""
    other = object.__new__(Newsroom)
    other.__dict__.update(newsroom.__dict__)
    other.app = create_app(newsroom.settings, ring=lambda _kind: None)
    other.client = other.app.test_client()
    return other


def test_every_change_is_seen_at_once_in_every_process(newsroom: Newsroom, other_process: Newsroom) -> None:
    first = newsroom.approved(body="The first text.")
    second = newsroom.posted(body="The second, spam=0.7")
    newsroom.judge()
    seen: list[Any] = []

    def assert_changed(what: str, expect: str | None = None) -> None:
        here, there = read(newsroom), read(other_process)
        assert here.get_data() == there.get_data(), what
        assert here.headers["ETag"] == there.headers["ETag"] == read(newsroom).headers["ETag"], what
        assert here.headers["ETag"] not in list(seen[-1:]), what
        seen.append(here.headers["ETag"])
        if expect is not None:
            assert expect in here.get_data(as_text=True), what

    assert_changed("at first")
    before = newsroom.thread()["comments"]
    newsroom.decide(second["id"], "approve")
    assert_changed("a moderator approves", "The second")
    newsroom.decide(second["id"], "undo")
    assert_changed("undo")
    assert newsroom.thread()["comments"] == before
    vote = {"value": 1, "voter": "a"}
    assert newsroom.client.post(f"{LIST}/{first['id']}/votes", json=vote).status_code == 204
    assert_changed("a vote", '"up":1')
    newsroom.own(first, "PATCH", json={"body": "The third text."})
    assert_changed("an edit hides")
    newsroom.judge()
    assert_changed("and shows again", "The third text.")
    reply = newsroom.approved(parent_id=first["id"])
    assert_changed("a reply", reply["id"])
    newsroom.own(first, "DELETE")
    assert_changed("withdrawn above a reply", '"removed":true')
    newsroom.own(reply, "DELETE")
    assert_changed("withdrawn for good")
    newsroom.run_sql("UPDATE threads SET open = false, version = version + 1")
    assert_changed("closed by hand", '"open":false')


def test_a_sites_settings_are_part_of_the_answer(newsroom: Newsroom, other_process: Newsroom) -> None:
    newsroom.approved()
    newsroom.run_sql("UPDATE threads SET created_at = created_at - 3 * 86400 * 1000000")
    for process in (newsroom, other_process):
        assert json.loads(read(process).get_data())["thread"]["open"] is True
    newsroom.change(close_after_days=2)
    for process in (newsroom, other_process):
        assert json.loads(read(process).get_data())["thread"]["open"] is False


def test_a_thread_closes_by_the_calendar_though_its_answer_was_kept(newsroom: Newsroom) -> None:
    import time

    newsroom.change(close_after_days=1)
    newsroom.approved()
    closing = newsroom.runtime.clock().timestamp() + 1.5
    newsroom.run_sql("UPDATE threads SET created_at = :us", us=int((closing - 86_400) * 1_000_000))
    assert read(newsroom).get_json()["thread"]["open"] is True
    time.sleep(max(0.0, closing - time.time()) + 0.05)
    assert read(newsroom).get_json()["thread"]["open"] is False


def test_what_was_approved_while_nothing_was_there_appears(newsroom: Newsroom) -> None:
    assert read(newsroom).get_json()["comments"] == []
    posted = newsroom.approved()
    assert [one["id"] for one in read(newsroom).get_json()["comments"]] == [posted["id"]]
