"""Does an address that anybody typed anywhere leave the service, in any form, by any surface, log or message?"""

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from comments_service.app import create_app
from comments_service.tasks.relay import tell_followers
from comments_service.web.context import RUNTIME
from tests.comments_service.web.newsroom import ARTICLE, Newsroom
from tests.comments_service.web.newsroom_fixtures import MakeNewsroom
from tests.comments_service.web.traces import everything_of, files_below, forms_of, found_in, planted

LIST = "/api/v1/sites/news/comments"
WITH_MAIL = {"smtp_url": "smtp://127.0.0.1:1", "mail_from": "desk@news.example"}


def first_comment(newsroom: Newsroom) -> dict[str, Any]:
    """A comment with an address in every field that takes one; what is refused is left out and tried apart."""
    return newsroom.posted(
        email=planted("email"),
        body=f"Write to {planted('body')} or [me](mailto:{planted('markdown')}) or **{planted('markdown')}**.",
        title=f"Ask {planted('title')}",
        url=f"{ARTICLE}?from={planted('url')}",
        website="https://ann.example/",
        headers={
            "User-Agent": planted("agent"),
            "Idempotency-Key": planted("key"),
            "X-Forwarded-For": planted("agent"),
        },
    )


def refused(newsroom: Newsroom) -> Iterator[Any]:
    """What is not taken: the answers and the log must not repeat it either."""
    yield newsroom.post(name=planted("name"))
    yield newsroom.post(website=f"https://{planted('website')}/")
    yield newsroom.post(website=f"https://ann.example/?q={planted('website_query')}")
    yield newsroom.post(url=f"https://news.example/{planted('url')}/x")
    yield newsroom.post(parent_id=planted("parent"))
    yield newsroom.post(email=planted("email") + "@")
    yield newsroom.post(email=planted("email"), body="")
    yield newsroom.client.post(LIST, data=planted("body"), content_type="application/json")
    yield newsroom.client.get(LIST, query_string={"url": planted("url")})
    yield newsroom.client.get(LIST, query_string={"url": ARTICLE, "cursor": planted("key")})


def around(newsroom: Newsroom, posted: dict[str, Any]) -> Iterator[Any]:
    """Everything else that can be sent about the comment."""
    road = f"{LIST}/{posted['id']}"
    yield newsroom.client.post(f"{road}/votes", json={"value": 1, "voter": planted("voter")})
    yield newsroom.client.post(
        f"{road}/reports", json={"reason": "other", "note": planted("note"), "voter": planted("voter")}
    )
    yield newsroom.client.post(
        f"{road}/notices",
        json={
            "explanation": f"It gives away {planted('notice_words')}.",
            "name": "Berta Braun",
            "email": planted("notice"),
            "good_faith": True,
        },
    )
    yield newsroom.client.post("/api/v1/sites/news/follows", json={"url": ARTICLE, "email": planted("follow")})
    yield newsroom.post(parent_id=posted["id"], email=planted("reply"), body="A reply.", subject=planted("subject"))
    yield newsroom.own(newsroom.posted(), "PATCH", json={"body": f"Now {planted('edit')} is in it."})


def public_answers(newsroom: Newsroom, posted: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every public surface, twice: made anew and kept."""
    thread, feed, plain = f"{LIST}?url={ARTICLE}", "/api/v1/sites/news/feed.atom", f"/sites/news/thread?url={ARTICLE}"
    pages = [
        *(thread, f"{thread}&sort=newest", f"{thread}&sort=top", f"{thread}&parent={posted['id']}"),
        *(feed, f"{feed}?url={ARTICLE}", plain, f"{plain}&parent_id={posted['id']}", f"{LIST}/{posted['id']}"),
        *(f"{plain}&parent={posted['id']}", f"/sites/news/fragment?url={ARTICLE}", "/playground"),
        *(f"/api/v1/sites/news/counts?url={ARTICLE}", f"/api/v1/sites/news/form?url={ARTICLE}"),
        *("/api/v1/openapi.json", "/docs", "/healthz", "/readyz", "/metrics", "/embed.js"),
    ]
    for page in pages:
        for _ in range(2):
            yield page, newsroom.client.get(page, headers={"Origin": "https://news.example"})


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_no_address_leaves_by_any_road(
    make_newsroom: MakeNewsroom, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    newsroom = make_newsroom(kind, WITH_MAIL)
    # With the real doorbell: what it writes into the broker's folder is looked at too.
    newsroom.app = create_app(newsroom.settings)
    newsroom.client = newsroom.app.test_client()
    posted = first_comment(newsroom)
    newsroom.judge()
    assert newsroom.status(posted) == "approved"
    leaks: list[tuple[str, str, str]] = []
    for answer in (*refused(newsroom), *around(newsroom, posted)):
        leaks += found_in(f"answer {answer.status}", everything_of(answer))
    newsroom.judge()
    with newsroom.app.app_context():
        tell_followers(newsroom.app.extensions[RUNTIME])
    for page, answer in public_answers(newsroom, posted):
        assert answer.status_code in {200, 404} or page == "/readyz", "not ready: no worker runs here"
        leaks += found_in(page, everything_of(answer))
    leaks += found_in("own view", everything_of(newsroom.own(posted)))
    for record in caplog.records:
        leaks += found_in(f"log {record.name}", f"{record.getMessage()} {record.__dict__}".encode())
    for row in newsroom.run_sql("SELECT kind, key, payload, last_error FROM outbox"):
        leaks += found_in("outbox", repr(tuple(row)).encode())
    messages = list(files_below(newsroom.settings.broker_dir))
    assert messages, "the doorbell was rung"
    for name, content in messages:
        leaks += found_in(f"broker/{name}", content)
    assert leaks == []


def test_the_file_holds_what_people_wrote_but_no_e_mail_field(make_newsroom: MakeNewsroom) -> None:
    """In the database an address of the form's own field is sealed, and nothing keeps keys, agents or voters."""
    newsroom = make_newsroom("sqlite", WITH_MAIL)
    posted = first_comment(newsroom)
    list(around(newsroom, posted))
    newsroom.judge()
    newsroom.run_sql("SELECT 1")
    written = frozenset({"body", "markdown", "title", "note", "edit", "notice_words"})
    leaks = [
        leak
        for name, content in files_below(newsroom.settings.data_dir)
        for leak in found_in(name, content, allowed=written)
    ]
    assert leaks == []


def test_pseudonyms_of_one_person_have_nothing_in_common(newsroom: Newsroom) -> None:
    """Two comments with one address cannot be told from two with two."""
    same = [newsroom.approved(email="ann@example.org", name="Ann") for _ in range(2)]
    other = newsroom.approved(email="bob@example.org", name="Ann")
    shown = {one["id"]: one for one in newsroom.thread()["comments"]}
    avatars = [shown[posted["id"]]["author"]["avatar"] for posted in (*same, other)]
    assert len(set(avatars)) == 3
    assert all(len(posted["edit_token"]) >= 43 for posted in same)


def test_whether_an_address_is_known_cannot_be_found_out(newsroom: Newsroom) -> None:
    newsroom.posted(email="known@example.org", body="Said before.")
    known = newsroom.post(email="known@example.org", body="Something new.")
    fresh = newsroom.post(email="fresh@example.org", body="Something new, too.")
    assert known.status_code == fresh.status_code == 202
    assert set(known.get_json()) == set(fresh.get_json())
    assert {name for name, _ in known.headers} == {name for name, _ in fresh.headers}


def test_the_search_finds_what_it_looks_for() -> None:
    for form, trace in forms_of(planted("email")):
        assert [found[2] for found in found_in("here", b"x" + trace + b"x")], form
    assert found_in("here", b"nothing at all") == []
