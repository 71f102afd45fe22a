"""From any comment on, do pages lead through the whole thread in both directions, each comment once and in order?"""

from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comments_service.web.database import db
from tests.comments_service.web.newsroom import ARTICLE, Newsroom, settings_for

SORTS = ("oldest", "newest", "top")
TOP_LEVEL = 17
UNKNOWN = ("f" * 24, "nonsense", "")

unhurried = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Room:
    """A newsroom with one long thread: ties in every order, replies below some, hidden comments between."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        sent = [newsroom.posted(body=f"Comment number {number}.")["id"] for number in range(TOP_LEVEL + 3)]
        newsroom.judge()
        self.replies = [newsroom.posted(parent_id=above, body=f"Reply to {above}")["id"] for above in sent[::4]]
        newsroom.judge()
        self.deep = [newsroom.posted(parent_id=above, body=f"Below {above}")["id"] for above in self.replies]
        newsroom.judge()
        self.hidden = sent[1:4]
        for public_id in self.hidden:
            newsroom.decide(public_id, "spam")
        newsroom.run_sql(
            "UPDATE comments SET rank = (id % 3) / 4.0,"
            " created_at = created_at - created_at % 1000000000 + (id % 4) * 1000000 WHERE parent_id IS NULL"
        )
        self.wholes = {sort: ids(newsroom.thread(sort=sort, limit=100)) for sort in SORTS}
        self.anywhere = [*self.wholes["oldest"], *self.replies, *self.deep]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def room(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    newsroom = Newsroom(settings_for(request.param, tmp_path_factory.mktemp("both-ways")))
    yield Room(newsroom)
    with newsroom.app.app_context():
        db.engine.dispose()


def ids(page: dict[str, Any]) -> list[str]:
    return [one["id"] for one in page["comments"]]


def everything(comments: list[dict[str, Any]]) -> set[str]:
    return {one["id"] for one in comments} | {found for one in comments for found in everything(one["replies"])}


def walk(room: Room, page: dict[str, Any], cursor: str, sort: str, limit: int) -> list[list[str]]:
    """The pages behind `page` in the direction of `cursor`, in the order in which one comes to them."""
    pages = []
    while page[cursor] is not None:
        page = room.newsroom.thread(sort=sort, limit=limit, cursor=page[cursor])
        assert 0 < len(page["comments"]) <= limit
        pages.append(ids(page))
    return pages


@unhurried
@given(data=st.data(), sort=st.sampled_from(SORTS), limit=st.integers(1, TOP_LEVEL + 2))
def test_from_the_page_of_any_comment_one_comes_to_every_other(
    room: Room, data: st.DataObject, sort: str, limit: int
) -> None:
    focus = data.draw(st.sampled_from(room.anywhere))
    page = room.newsroom.thread(sort=sort, limit=limit, focus=focus)
    assert focus in everything(page["comments"])
    before = walk(room, page, "previous_cursor", sort, limit)[::-1]
    after = walk(room, page, "next_cursor", sort, limit)
    assert [*chain(*before), *ids(page), *chain(*after)] == room.wholes[sort]
    begin = len([*chain(*before)])
    whole = room.newsroom.thread(sort=sort, limit=100)["comments"]
    assert page["comments"] == whole[begin : begin + len(page["comments"])]


@unhurried
@given(moves=st.lists(st.sampled_from(["next", "previous"]), max_size=12), sort=st.sampled_from(SORTS),
       limits=st.lists(st.integers(1, 6), min_size=12, max_size=12))  # fmt: skip
def test_going_to_and_fro_never_loses_the_place(room: Room, moves: list[str], sort: str, limits: list[int]) -> None:
    whole = room.wholes[sort]
    page = room.newsroom.thread(sort=sort, limit=limits[0])
    first, last = 0, len(page["comments"])
    for move, limit in zip(moves, limits, strict=False):
        assert ids(page) == whole[first:last]
        assert (page["previous_cursor"] is None, page["next_cursor"] is None) == (first == 0, last == len(whole))
        cursor = page[f"{move}_cursor"]
        if cursor is None:
            continue
        page = room.newsroom.thread(sort=sort, limit=limit, cursor=cursor)
        first, last = (last, last + limit) if move == "next" else (max(0, first - limit), first)
        last = min(last, len(whole))


@pytest.mark.parametrize("sort", SORTS)
def test_a_comment_that_is_not_shown_opens_the_first_page(room: Room, sort: str) -> None:
    usual = room.newsroom.thread(sort=sort, limit=3)
    assert usual["previous_cursor"] is None
    for focus in (*room.hidden[1:], *UNKNOWN):
        assert room.newsroom.thread(sort=sort, limit=3, focus=focus) == usual, focus


def test_a_comment_of_another_article_opens_the_first_page(newsroom: Newsroom) -> None:
    elsewhere = newsroom.approved(url=f"{ARTICLE}/other")
    for _ in range(3):
        newsroom.approved()
    assert newsroom.thread(limit=2, focus=elsewhere["id"]) == newsroom.thread(limit=2)


@pytest.mark.parametrize(
    "query",
    [{"focus": "f" * 24, "cursor": "x"}, {"focus": "f" * 24, "parent": "f" * 24}, {"newer": "x", "focus": "f" * 24},
     {"newer": "x", "cursor": "x"}],
)  # fmt: skip
def test_one_question_at_a_time(newsroom: Newsroom, query: dict[str, str]) -> None:
    answer = newsroom.client.get("/api/v1/sites/news/comments", query_string={"url": ARTICLE, **query})
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["code"] == "not_together"


@pytest.mark.parametrize("sort", SORTS)
def test_a_page_whose_neighbours_are_gone_says_so(any_newsroom: Newsroom, sort: str) -> None:
    sent = [any_newsroom.approved() for _ in range(4)]
    if sort == "top":
        any_newsroom.run_sql("UPDATE comments SET rank = 1.0 / id")
    order = {one: sent[number] for number, one in enumerate(ids(any_newsroom.thread(sort="oldest")))}
    first, second, third, last = (order[one] for one in ids(any_newsroom.thread(sort=sort)))
    middle = any_newsroom.thread(sort=sort, limit=1, focus=second["id"])
    any_newsroom.own(first, "DELETE")
    after = any_newsroom.thread(sort=sort, limit=1, cursor=middle["next_cursor"])
    assert (ids(after), after["previous_cursor"] is None) == ([third["id"]], False)
    any_newsroom.own(second, "DELETE")
    assert any_newsroom.thread(sort=sort, limit=1, cursor=middle["next_cursor"])["previous_cursor"] is None
    nothing = any_newsroom.thread(sort=sort, cursor=middle["previous_cursor"])
    assert (ids(nothing), nothing["previous_cursor"]) == ([], None)
    assert ids(any_newsroom.thread(sort=sort, cursor=nothing["next_cursor"])) == [third["id"], last["id"]]
    any_newsroom.own(last, "DELETE")
    end = any_newsroom.thread(sort=sort, cursor=after["next_cursor"])
    assert (ids(end), end["next_cursor"]) == ([], None)
    assert ids(any_newsroom.thread(sort=sort, cursor=end["previous_cursor"])) == [third["id"]]


def test_the_way_down_to_a_comment_is_there_beyond_the_fifty_replies(any_newsroom: Newsroom) -> None:
    top = any_newsroom.approved()
    sent = [any_newsroom.posted(parent_id=top["id"])["id"] for _ in range(60)]
    any_newsroom.judge()
    below = [any_newsroom.posted(parent_id=sent[57])["id"] for _ in range(52)]
    any_newsroom.judge()
    (shown,) = any_newsroom.thread(focus=below[51])["comments"]
    assert [one["id"] for one in shown["replies"]] == [*sent[:50], sent[57]]
    assert shown["reply_count"] == 60
    assert [one["id"] for one in shown["replies"][50]["replies"]] == [*below[:50], below[51]]
    rest = any_newsroom.thread(parent=top["id"], cursor=shown["replies_cursor"])
    assert ids(rest) == sent[50:]
    assert rest["previous_cursor"] is not None
    back = any_newsroom.thread(parent=top["id"], cursor=rest["previous_cursor"], limit=50)
    assert (ids(back), back["previous_cursor"]) == (sent[:50], None)


def test_the_last_reply_needs_no_cursor_where_it_is_there_already(newsroom: Newsroom) -> None:
    top = newsroom.approved()
    sent = [newsroom.posted(parent_id=top["id"])["id"] for _ in range(51)]
    newsroom.judge()
    (shown,) = newsroom.thread(focus=sent[50])["comments"]
    assert [one["id"] for one in shown["replies"]] == sent
    assert "replies_cursor" not in shown
