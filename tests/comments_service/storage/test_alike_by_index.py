"""Are alike comments found by an index, when one is judged and when the queue is shown, however many are stored?"""

from typing import Any

from comments_service.moderation.queue import waiting
from tests.comments_service.storage.test_queue_by_index import plan, statements
from tests.comments_service.web.newsroom import Newsroom

PITCH = "My cousin made {0} dollars last month with nothing but this course: https://quick-course.example/{0}"


def _found(newsroom: Newsroom, asked: list[tuple[str, Any]], part: str) -> str:
    (one, *_) = [statement for statement in asked if part in statement[0]]
    return plan(newsroom, *one)


def test_what_a_comment_is_like_is_looked_up_by_its_marks(any_newsroom: Newsroom) -> None:
    any_newsroom.posted(body=PITCH.format(1))
    any_newsroom.judge()
    any_newsroom.posted(body=PITCH.format(2))
    with statements(any_newsroom) as asked:
        any_newsroom.judge()
    found = _found(any_newsroom, asked, "FROM sketches JOIN likeness_marks")
    assert "ix_likeness_marks_found" in found
    assert "SCAN" not in found
    assert "Seq Scan" not in found
    groups = any_newsroom.run_sql("SELECT DISTINCT group_id FROM comments")
    assert len(groups) == 1


def test_whether_an_earlier_one_waits_is_looked_up_by_the_group(any_newsroom: Newsroom) -> None:
    any_newsroom.change(premoderate=True)
    for number in range(3):
        any_newsroom.posted(body=PITCH.format(number))
        any_newsroom.judge()
    with statements(any_newsroom) as asked, any_newsroom.app.app_context(), any_newsroom.runtime.reading() as session:
        page = waiting(session, vault=any_newsroom.runtime.vault, site_ids=[1], grouped=True)
    assert len(page.items) == 1
    found = _found(any_newsroom, asked, "NOT (EXISTS")
    assert "ix_comments_first" in found
    assert "ix_comments_alike" in found
    assert "TEMP B-TREE" not in found
    assert "Sort" not in found
