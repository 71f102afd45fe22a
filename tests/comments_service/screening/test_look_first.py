"""What stands first in the queue: the uncertain, the influential, the time-critical, and in the end everything?"""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from comments_service.screening.first import look_at, uncertainty
from tests.comments_service.web.newsroom import ARTICLE, Newsroom

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=90)


def place(scores: dict[str, float] | None, hours: float = 0, published: int = 0, begun: datetime = LONG_AGO) -> Any:
    return look_at(NOW - timedelta(hours=hours), scores, published=published, thread_begun=begun, now=NOW)


def queue(newsroom: Newsroom, **query: str) -> list[str]:
    answer = newsroom.client.get(
        "/api/v1/moderation/queue", query_string=query, headers={"Authorization": f"Bearer {newsroom.moderator}"}
    )
    return [one["id"] for one in answer.get_json()["comments"]]


def test_uncertain_comments_come_before_sure_ones() -> None:
    assert place({"spam": 0.5}) < place({"spam": 0.9}) < place({"spam": 0.99})
    assert place({"spam": 0.5, "toxic": 0.99}) == place({"spam": 0.99})
    assert place(None) == place({"toxic": 0.5}), "what no model could score is uncertain"


def test_threats_busy_threads_and_young_articles_come_first() -> None:
    plain = place({"spam": 0.1, "threat": 0.0})
    assert place({"spam": 0.1, "threat": 0.1}) < plain
    assert place({"spam": 0.1}, published=200) < place({"spam": 0.1}, published=3) < plain
    assert place({"spam": 0.1}, begun=NOW) < place({"spam": 0.1}, begun=NOW - timedelta(days=1)) < plain


@given(st.floats(0, 1), st.floats(0, 1), st.integers(0, 10_000), st.floats(0, 10_000))
def test_nothing_waits_for_ever(spam: float, threat: float, published: int, hours: float) -> None:
    scores = {"spam": spam, "threat": threat}
    put_forward = NOW - place(scores, published=published, begun=NOW - timedelta(hours=hours))
    assert timedelta(0) <= put_forward <= timedelta(hours=48)
    assert 0 <= uncertainty(scores) <= 1


def test_the_queue_begins_with_what_the_model_cannot_tell(any_newsroom: Newsroom) -> None:
    sure = any_newsroom.posted(body="Buy now, spam=0.95")
    unsure = any_newsroom.posted(body="Perhaps, spam=0.55")
    any_newsroom.judge()
    unseen = any_newsroom.posted(body="Not yet looked at by the machine.")
    assert queue(any_newsroom) == [unsure["id"], sure["id"], unseen["id"]]
    assert queue(any_newsroom, sort="oldest") == [sure["id"], unsure["id"], unseen["id"]]


def test_a_report_puts_a_comment_forward(any_newsroom: Newsroom) -> None:
    calm, reported = any_newsroom.approved(), any_newsroom.approved()
    for posted, reporters in ((calm, ["203.0.113.1"]), (reported, ["203.0.113.1", "192.0.2.1"])):
        for ip in reporters:
            answer = any_newsroom.client.post(
                f"/api/v1/sites/news/comments/{posted['id']}/reports",
                json={"reason": "spam"},
                environ_base={"REMOTE_ADDR": ip},
            )
            assert answer.status_code in {201, 202, 204}
    assert queue(any_newsroom, status="reported") == [reported["id"], calm["id"]]
    assert [one["id"] for one in any_newsroom.thread(ARTICLE)["comments"]]
