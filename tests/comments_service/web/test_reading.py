"""What do readers get: pages in every order, replies, counts, and nothing that is not approved?"""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.comments_service.web.newsroom import ARTICLE, Newsroom

ids = list[str]


def all_pages(newsroom: Newsroom, url: str, sort: str, limit: int, between: Any = None) -> ids:
    found, cursor = ids(), ""
    while True:
        page = newsroom.thread(url, sort=sort, limit=limit, **({"cursor": cursor} if cursor else {}))
        assert len(page["comments"]) <= limit
        found += [one["id"] for one in page["comments"]]
        if page["next_cursor"] is None:
            return found
        cursor = page["next_cursor"]
        if between is not None:
            between()


def grown(newsroom: Newsroom, url: str, count: int) -> None:
    """Approved comments with few different moments and ranks among them, so that there are ties to break."""
    for number in range(count):
        newsroom.approved(url=url, body=f"Comment number {number} of {url}.")
    newsroom.run_sql(
        "UPDATE comments SET rank = (id % 3) / 4.0,"
        " created_at = created_at - created_at % 1000000000 + (id % 4) * 1000000"
        " WHERE thread_id = (SELECT id FROM threads WHERE url = :url)",
        url=url,
    )


@pytest.fixture(scope="module")
def long_thread(shared_newsroom: Newsroom) -> str:
    url = "https://news.example/long"
    grown(shared_newsroom, url, 23)
    return url


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(limit=st.integers(1, 30), sort=st.sampled_from(["oldest", "newest", "top"]))
def test_pages_make_the_whole_and_none_comes_twice(
    shared_newsroom: Newsroom, long_thread: str, limit: int, sort: str
) -> None:
    whole = [one["id"] for one in shared_newsroom.thread(long_thread, sort=sort, limit=100)["comments"]]
    assert len(set(whole)) == len(whole) == 23
    assert all_pages(shared_newsroom, long_thread, sort, limit) == whole


def test_orders_are_what_they_say(shared_newsroom: Newsroom, long_thread: str) -> None:
    def key(public_id: str) -> tuple[Any, ...]:
        row = shared_newsroom.row(public_id)
        return row.created_at, row.id, row.rank

    oldest, newest, top = (
        [key(one) for one in all_pages(shared_newsroom, long_thread, sort, 7)] for sort in ("oldest", "newest", "top")
    )
    assert oldest == sorted(oldest)
    assert newest == oldest[::-1]
    assert top == sorted(top, key=lambda one: (one[2], one[1]), reverse=True)


@pytest.mark.parametrize("sort", ["oldest", "newest", "top"])
def test_comments_that_arrive_in_between_disturb_nothing(shared_newsroom: Newsroom, sort: str) -> None:
    url = f"https://news.example/growing/{sort}"
    grown(shared_newsroom, url, 9)
    before = set(all_pages(shared_newsroom, url, sort, 100))
    arriving = iter(range(5))

    def one_more() -> None:
        if next(arriving, None) is not None:
            shared_newsroom.approved(url=url)

    found = all_pages(shared_newsroom, url, sort, 2, one_more)
    assert len(found) == len(set(found))
    assert before <= set(found)


def test_a_comment_with_many_replies_leads_to_the_rest(newsroom: Newsroom) -> None:
    top = newsroom.approved()
    sent = [newsroom.posted(parent_id=top["id"])["id"] for _ in range(120)]
    newsroom.judge()
    deep = newsroom.approved(parent_id=sent[60])["id"]
    (shown,) = newsroom.thread()["comments"]
    assert shown["reply_count"] == 120
    found = [one["id"] for one in shown["replies"]]
    assert found == sent[:50]
    cursor = shown["replies_cursor"]
    while cursor:
        page = newsroom.thread(parent=top["id"], cursor=cursor, limit=40)
        assert {one["parent_id"] for one in page["comments"]} == {top["id"]}
        found += [one["id"] for one in page["comments"]]
        nested = {reply["id"] for one in page["comments"] for reply in one["replies"]}
        assert nested == ({deep} if sent[60] in {one["id"] for one in page["comments"]} else set())
        cursor = page["next_cursor"]
    assert found == sent


def test_nothing_that_is_not_approved_is_anywhere(newsroom: Newsroom) -> None:
    good = newsroom.approved(body="Visible words.", title="The harbour")
    hidden = {
        "pending": newsroom.posted(body="Secretpending words spam=0.7", name="Secretpending"),
        "spam": newsroom.posted(body="Secretspam words spam=0.99", name="Secretspam", url="https://news.example/other"),
        "rejected": newsroom.posted(body="Secretrejected words", name="Secretrejected"),
        "deleted": newsroom.posted(body="Secretdeleted words", name="Secretdeleted", website="secretdeleted.example"),
    }
    newsroom.judge()
    newsroom.approved(parent_id=hidden["deleted"]["id"], body="A reply below.")
    newsroom.decide(hidden["rejected"]["id"], "reject")
    newsroom.decide(hidden["deleted"]["id"], "delete")
    assert {name: newsroom.status(posted) for name, posted in hidden.items()} == {name: name for name in hidden}
    pages = [
        "/api/v1/sites/news/comments?url={url}", "/api/v1/sites/news/comments?url={url}&sort=newest",
        "/api/v1/sites/news/comments?url={url}&sort=top", "/api/v1/sites/news/feed.atom",
        "/api/v1/sites/news/feed.atom?url={url}", "/sites/news/thread?url={url}", "/api/v1/sites/news/counts?url={url}",
        "/sites/news/fragment?url={url}",
        *(f"/api/v1/sites/news/comments?url={{url}}&parent={posted['id']}" for posted in hidden.values()),
        *(f"/sites/news/thread?url={{url}}&parent={posted['id']}" for posted in hidden.values()),
        *(f"/sites/news/thread?url={{url}}&parent_id={posted['id']}" for posted in hidden.values()),
    ]  # fmt: skip
    for url in (ARTICLE, "https://news.example/other"):
        for page in pages:
            answer = newsroom.client.get(page.format(url=url))
            assert answer.status_code == 200
            assert "secret" not in answer.get_data(as_text=True).lower(), page
    for posted in hidden.values():
        assert newsroom.client.get(f"/api/v1/sites/news/comments/{posted['id']}").status_code == 404
    counted = newsroom.client.get(
        "/api/v1/sites/news/counts", query_string={"url": [ARTICLE, "https://news.example/other", "nonsense"]}
    ).get_json()["counts"]
    assert counted == {ARTICLE: 2, "https://news.example/other": 0, "nonsense": 0}
    shown = newsroom.thread()
    assert (shown["thread"]["title"], shown["thread"]["count"]) == ("The harbour", 2)
    assert [one.get("removed", False) for one in shown["comments"]] == [False, True]
    assert shown["comments"][0]["id"] == good["id"]


@pytest.mark.parametrize(
    ("query", "field"),
    [({"sort": "best"}, "sort"), ({"limit": "0"}, "limit"), ({"limit": "101"}, "limit"), ({"limit": "ten"}, "limit"),
     ({"limit": "٣"}, "limit"), ({"cursor": "x"}, "cursor"), ({"cursor": "W10"}, "cursor"), ({"parent": "?"}, "parent"),
     ({"url": "nonsense"}, "url"), ({"url": ""}, "url")],
)  # fmt: skip
def test_a_wrong_question_names_the_parameter(
    shared_newsroom: Newsroom, long_thread: str, query: dict[str, str], field: str
) -> None:
    answer = shared_newsroom.client.get("/api/v1/sites/news/comments", query_string={"url": long_thread, **query})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.get_json()["errors"]] == [field]


def test_a_cursor_of_another_order_is_refused(shared_newsroom: Newsroom, long_thread: str) -> None:
    cursor = shared_newsroom.thread(long_thread, sort="newest", limit=5)["next_cursor"]
    query = {"url": long_thread, "sort": "oldest", "cursor": cursor}
    assert shared_newsroom.client.get("/api/v1/sites/news/comments", query_string=query).status_code == 422


def test_a_thread_that_nobody_wrote_in_is_empty(shared_newsroom: Newsroom) -> None:
    url = "https://news.example/silent"
    shown = shared_newsroom.thread(url)
    assert shown["thread"].items() >= {"url": url, "title": "", "open": True, "count": 0}.items()
    assert (shown["comments"], shown["next_cursor"]) == ([], None)


def test_many_urls_are_counted_at_once_but_not_any_number(shared_newsroom: Newsroom) -> None:
    urls = [f"https://news.example/{number}" for number in range(200)]
    road = "/api/v1/sites/news/counts"
    assert len(shared_newsroom.client.get(road, query_string={"url": urls}).get_json()["counts"]) == 200
    assert shared_newsroom.client.get(road, query_string={"url": [*urls, ARTICLE]}).status_code == 422
    assert shared_newsroom.client.get(road).get_json() == {"counts": {}}
