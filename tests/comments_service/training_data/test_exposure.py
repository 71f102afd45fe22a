"""How did a person come to see what they decided about, and for how many comments does it speak?"""

import json
from typing import Any

import pytest

from comments_service.moderation.decide import decide
from comments_service.moderation.moderators import add_moderator, credentials
from comments_service.training_data.collect import collect
from comments_service.training_data.export import as_lines
from comments_service.training_data.exposure import exposure
from tests.comments_service.web.newsroom import Newsroom


def examples(newsroom: Newsroom) -> dict[str, dict[str, Any]]:
    with newsroom.app.app_context(), newsroom.runtime.reading() as session:
        lines = [json.loads(line) for line in as_lines(collect(session, "news"))]
    return {line["id"]: line for line in lines}


def test_each_stream_has_its_weight(any_newsroom: Newsroom) -> None:
    newsroom = any_newsroom
    newsroom.change(audit_rate=1)
    drawn = newsroom.approved()
    newsroom.change(audit_rate=0)
    held, unasked, reported = newsroom.posted(body="Perhaps, spam=0.6"), newsroom.posted(), newsroom.posted()
    newsroom.judge()
    unseen = newsroom.posted(body="A person is quicker than the machine.")
    newsroom.client.post(f"/api/v1/sites/news/comments/{reported['id']}/reports", json={"reason": "abuse"})
    for posted in (drawn, held, unasked, reported, unseen):
        newsroom.decide(posted["id"], "approve")
    found = examples(newsroom)
    streams = {posted["id"]: found[posted["id"]]["stream"] for posted in (drawn, held, unasked, reported, unseen)}
    assert list(streams.values()) == ["audit", "queue", "contested", "contested", "queue"]
    assert {one["weight"] for one in found.values()} == {1.0}


def test_moderators_who_disagree_make_a_comment_contested(any_newsroom: Newsroom) -> None:
    newsroom = any_newsroom
    held, agreed = newsroom.posted(body="Perhaps, spam=0.6"), newsroom.posted(body="And this, spam=0.6")
    newsroom.judge()
    newsroom.decide(held["id"], "approve")
    newsroom.decide(agreed["id"], "spam")
    now = newsroom.runtime.clock()
    with newsroom.app.app_context(), newsroom.runtime.transaction() as session:
        add_moderator(session, "otto", role="owner", site_id=None, now=now)
        otto = credentials(session, "otto")
        assert otto is not None
        for posted in (held, agreed):
            comment_id = newsroom.row(posted["id"]).id
            decide(session, comment_id, actor="moderator", action="spam", now=now, moderator_id=otto.id)
    found = examples(newsroom)
    assert (found[held["id"]]["stream"], found[held["id"]]["labels"]) == ("contested", {"spam": 1.0})
    assert found[agreed["id"]]["stream"] == "queue"


@pytest.mark.parametrize(
    ("stream", "shown", "judged", "reported", "expected"),
    [
        ("queue", 1.0, "hold", False, ("queue", 1.0, 1.0)),
        ("audit", 0.2, "approve", False, ("audit", 5.0, 0.2)),
        ("audit", 0.001, "approve", False, ("audit", 10.0, 0.001)),
        ("audit", 0.02, "approve", True, ("contested", 1.0, 1.0)),
        ("", 0.02, "approve", False, ("contested", 1.0, None)),
        ("", 0.0, "spam", False, ("contested", 1.0, None)),
        (None, None, "hold", False, ("queue", 1.0, 1.0)),
        (None, None, "approve", False, ("contested", 1.0, None)),
        (None, None, None, False, ("queue", 1.0, 1.0)),
    ],
)
def test_weights_are_inverse_probabilities_up_to_a_cap(
    stream: str | None, shown: float | None, judged: str | None, reported: bool, expected: tuple[str, float, float]
) -> None:
    found = exposure(stream, shown, judged, reported=reported, disputed=False)
    assert (found.stream, found.weight, found.probability) == expected
