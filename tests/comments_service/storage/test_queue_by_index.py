"""Does the queue's own order come from an index, so that a page costs the same however many comments wait?"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from comments_service.web.database import db
from tests.comments_service.web.newsroom import Newsroom

# PostgreSQL sorts a handful of rows rather than look at an index; forbidden both, it sorts only where no index helps.
AS_IF_THERE_WERE_MANY = ("SET enable_seqscan = off", "SET enable_bitmapscan = off", "SET enable_sort = off")


@contextmanager
def statements(newsroom: Newsroom) -> Iterator[list[tuple[str, Any]]]:
    """What is asked of the database meanwhile."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        asked.append((statement, parameters))

    with newsroom.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def plan(newsroom: Newsroom, statement: str, parameters: Any) -> str:
    """How the database means to answer a statement."""
    with newsroom.app.app_context(), db.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        for setting in () if sqlite else AS_IF_THERE_WERE_MANY:
            connection.exec_driver_sql(setting)
        explain = "EXPLAIN QUERY PLAN " if sqlite else "EXPLAIN "
        found = "\n".join(str(row[-1]) for row in connection.exec_driver_sql(explain + statement, parameters))
        connection.invalidate()  # its settings were for this question only
    return found


def page(newsroom: Newsroom, **query: Any) -> tuple[dict[str, Any], str]:
    """A page of the queue, and the plan by which its comments were found."""
    with statements(newsroom) as asked:
        answer = newsroom.client.get(
            "/api/v1/moderation/queue", query_string=query, headers={"Authorization": f"Bearer {newsroom.moderator}"}
        )
    assert answer.status_code == 200, answer.get_data(as_text=True)
    (found,) = [one for one in asked if "coalesce(comments.look_at" in one[0]]
    told: dict[str, Any] = answer.get_json()
    return told, plan(newsroom, *found)


def test_first_and_later_pages_of_what_matters_first_are_read_from_an_index(any_newsroom: Newsroom) -> None:
    any_newsroom.change(premoderate=True)
    posted = {any_newsroom.posted()["id"] for _ in range(3)}
    any_newsroom.judge()
    first, by_first = page(any_newsroom, limit=2)
    second, by_second = page(any_newsroom, limit=2, cursor=first["next_cursor"])
    assert {one["id"] for one in first["comments"] + second["comments"]} == posted
    for found in (by_first, by_second):
        assert "ix_comments_first" in found
        assert "Sort" not in found
        assert "TEMP B-TREE" not in found


@pytest.mark.parametrize("sort", ["first", "oldest", "newest", "urgent"])
def test_pages_of_one_comment_each_show_every_comment_once(any_newsroom: Newsroom, sort: str) -> None:
    any_newsroom.change(premoderate=True)
    posted = [any_newsroom.posted()["id"] for _ in range(4)]
    any_newsroom.judge()
    any_newsroom.run_sql("UPDATE comments SET created_at = 1767225600000000, look_at = NULL WHERE id > 1")
    seen, cursor = list[str](), ""
    while cursor is not None:
        answer = any_newsroom.client.get(
            "/api/v1/moderation/queue",
            query_string={"sort": sort, "limit": 1, "cursor": cursor},
            headers={"Authorization": f"Bearer {any_newsroom.moderator}"},
        ).get_json()
        seen += [one["id"] for one in answer["comments"]]
        cursor = answer["next_cursor"]
    assert sorted(seen) == sorted(posted), "comments of the same moment are told apart by their number"
