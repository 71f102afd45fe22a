"""What is refused that nobody typed wrongly: duplicates, floods, closed threads, replies into nothing."""

from typing import Any

import pytest

from tests.comments_service.web.newsroom import ARTICLE, Newsroom
from tests.comments_service.web.newsroom_fixtures import MakeNewsroom

DAY_US = 86_400 * 1_000_000


def code_of(answer: Any) -> str:
    return str(answer.get_json()["type"].partition("#")[2])


@pytest.mark.parametrize("again", ["The same words.", "the  SAME words.", "The\nsame\u200b words.", "Ｔhe same words."])
def test_the_same_words_by_the_same_author_in_a_thread_are_a_duplicate(newsroom: Newsroom, again: str) -> None:
    newsroom.posted(email="ann@example.org", body="The same words.")
    answer = newsroom.post(email="ANN@example.org".replace("ANN", "ann"), body=again)
    assert (answer.status_code, code_of(answer)) == (409, "duplicate")


def test_the_same_words_elsewhere_or_by_others_are_none(newsroom: Newsroom) -> None:
    newsroom.posted(email="ann@example.org", body="Thank you!")
    newsroom.posted(email="bob@example.org", body="Thank you!")
    newsroom.posted(email="ann@example.org", body="Thank you!", url="https://news.example/other")
    newsroom.posted(email="ann@example.org", body="Thank you!!")


def test_what_was_withdrawn_may_be_said_again(newsroom: Newsroom) -> None:
    first = newsroom.posted(email="ann@example.org", body="A slip of the keyboard.")
    assert newsroom.own(first, "DELETE").status_code == 204
    newsroom.posted(email="ann@example.org", body="A slip of the keyboard.")


def test_the_same_words_from_many_wait_for_a_person(make_newsroom: MakeNewsroom) -> None:
    newsroom = make_newsroom(max_repetitions=3)
    sent = [newsroom.posted(body="Visit my page today", url=f"{ARTICLE}/{number}") for number in range(4)]
    newsroom.judge()
    assert [newsroom.status(one) for one in sent] == ["approved", "approved", "approved", "pending"]


def test_a_network_that_floods_is_told_when_to_come_back(make_newsroom: MakeNewsroom) -> None:
    newsroom = make_newsroom(flood_network_per_minute=2)
    newsroom.posted(ip="203.0.113.1")
    newsroom.posted(ip="203.0.113.99")
    answer = newsroom.post(ip="203.0.113.200")
    assert (answer.status_code, code_of(answer)) == (429, "flood")
    assert answer.headers["Retry-After"] == "60"
    newsroom.posted(ip="203.0.114.1")
    newsroom.run_sql("UPDATE comments SET created_at = created_at - :us", us=61 * 1_000_000)
    newsroom.posted(ip="203.0.113.1")


def test_an_ipv6_network_is_one_source(make_newsroom: MakeNewsroom) -> None:
    newsroom = make_newsroom(flood_network_per_minute=1)
    newsroom.posted(ip="2001:db8:1:1::1")
    assert newsroom.post(ip="2001:db8:1:ffff::2").status_code == 429
    newsroom.posted(ip="2001:db8:2::1")


def test_every_limit_speaks_the_same_words(make_newsroom: MakeNewsroom) -> None:
    """Which limit was met would tell whether an address is known."""
    network = make_newsroom(flood_network_per_minute=1)
    address = make_newsroom(flood_address_per_hour=1)
    thread = make_newsroom(flood_thread_per_minute=1)
    answers = []
    for number, room in enumerate((network, address, thread)):
        room.posted(email="ann@example.org", ip="203.0.113.1")
        email = "ann@example.org" if room is address else "bob@example.org"
        answers.append(room.post(email=email, ip="203.0.113.1" if number == 0 else "192.0.2.1"))
    assert {answer.status_code for answer in answers} == {429}
    assert len({(answer.get_data(), answer.headers["Retry-After"]) for answer in answers}) == 1


def test_a_forwarded_address_counts_only_behind_an_own_proxy(make_newsroom: MakeNewsroom) -> None:
    believed = make_newsroom(settings={"trusted_proxies": ("10.0.0.0/8",)}, flood_network_per_minute=1)
    stranger = make_newsroom(flood_network_per_minute=1)
    forwarded = [{"X-Forwarded-For": f"203.0.{number}.1"} for number in range(2)]
    assert [believed.post(headers, ip="10.0.0.9").status_code for headers in forwarded] == [202, 202]
    assert [stranger.post(headers, ip="10.0.0.9").status_code for headers in forwarded] == [202, 429]


def test_nothing_of_a_refused_comment_is_kept(make_newsroom: MakeNewsroom) -> None:
    newsroom = make_newsroom(flood_network_per_minute=1)
    newsroom.posted()
    counted = "SELECT (SELECT count(*) FROM addresses), (SELECT count(*) FROM threads), (SELECT count(*) FROM outbox)"
    before = newsroom.run_sql(counted)
    assert newsroom.post(url="https://news.example/new").status_code == 429
    assert newsroom.run_sql(counted) == before


def test_a_thread_that_a_person_closed_takes_nothing(newsroom: Newsroom) -> None:
    newsroom.approved()
    newsroom.run_sql("UPDATE threads SET open = false, version = version + 1")
    answer = newsroom.post()
    assert (answer.status_code, code_of(answer)) == (409, "closed")
    assert newsroom.thread()["thread"]["open"] is False
    form = newsroom.client.get("/api/v1/sites/news/form", query_string={"url": ARTICLE}).get_json()
    assert form["open"] is False
    newsroom.posted(url="https://news.example/other")


def test_the_calendar_closes_a_thread(make_newsroom: MakeNewsroom) -> None:
    newsroom = make_newsroom(close_after_days=2)
    newsroom.approved()
    newsroom.run_sql("UPDATE threads SET created_at = created_at - :us", us=2 * DAY_US)
    assert newsroom.post().status_code == 409
    assert newsroom.thread(limit=99)["thread"]["open"] is False


def test_a_page_of_another_site_is_refused_where_the_site_says_so(make_newsroom: MakeNewsroom) -> None:
    newsroom = make_newsroom(own_pages_only=True)
    answer = newsroom.post(url="https://evil.example/page")
    assert answer.status_code == 422
    assert [(e["field"], e["code"]) for e in answer.get_json()["errors"]] == [("url", "other_site")]
    newsroom.posted(url="https://news.example/page")


def test_only_shown_comments_of_the_same_thread_are_answered(newsroom: Newsroom) -> None:
    shown, waiting = newsroom.approved(), newsroom.posted(body="Perhaps spam=0.7")
    newsroom.judge()
    assert newsroom.status(waiting) == "pending"
    elsewhere = "https://news.example/other"
    for parent, url in ((waiting["id"], ARTICLE), (shown["id"], elsewhere), ("f" * 24, ARTICLE)):
        answer = newsroom.post(parent_id=parent, url=url)
        assert answer.status_code == 422
        assert [(e["field"], e["code"]) for e in answer.get_json()["errors"]] == [("parent_id", "unknown")]
    newsroom.posted(parent_id=shown["id"])


def test_deeper_replies_join_the_deepest_level(make_newsroom: MakeNewsroom) -> None:
    newsroom = make_newsroom(max_depth=2)
    parent, ids = "", []
    for _ in range(5):
        parent = newsroom.approved(parent_id=parent or None)["id"]
        ids.append(parent)
    (top,) = newsroom.thread()["comments"]
    (second,) = top["replies"]
    assert [top["id"], second["id"]] == ids[:2]
    assert [reply["id"] for reply in second["replies"]] == ids[2:]
    assert {reply["parent_id"] for reply in second["replies"]} == {ids[1]}
    assert second["reply_count"] == 3


def test_a_depth_of_nothing_makes_a_flat_thread(make_newsroom: MakeNewsroom) -> None:
    newsroom = make_newsroom(max_depth=0)
    first = newsroom.approved()
    second = newsroom.approved(parent_id=first["id"])
    assert [one["id"] for one in newsroom.thread()["comments"]] == [first["id"], second["id"]]
