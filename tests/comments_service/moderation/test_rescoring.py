"""Does what waits get new scores, once, and does nobody but a person decide about it?"""

from collections.abc import Sequence
from typing import Any

import pytest

from comments_service.moderation.rescoring import KIND, count_stale, promise_rescoring, rescore_batch
from comments_service.outbox.claim import Claimed, claim
from comments_service.scoring import Scored, ScorerUnavailable, Text
from comments_service.storage.tables import Decision
from tests.comments_service.web.newsroom import Newsroom, WrittenScores
from tests.comments_service.web.newsroom_fixtures import any_newsroom, make_newsroom, newsroom

__all__ = ["any_newsroom", "make_newsroom", "newsroom"]

NEW = "b" * 64


class Halved(WrittenScores):
    """A model that finds everything half as bad."""

    def __init__(self, model: str = NEW) -> None:
        super().__init__(model)

    def score(self, texts: Sequence[Text]) -> list[Scored]:
        return [
            Scored({label: value / 2 for label, value in one.scores.items()}, one.language, [], one.model)
            for one in super().score(texts)
        ]


def promise(newsroom: Newsroom, model: str = NEW) -> int:
    with newsroom.app.app_context(), newsroom.runtime.transaction() as session:
        return promise_rescoring(session, 1, model, newsroom.runtime.clock())[0]


def stale(newsroom: Newsroom, model: str = NEW) -> int:
    with newsroom.app.app_context(), newsroom.runtime.reading() as session:
        return count_stale(session, 1, model)


def claimed(newsroom: Newsroom) -> list[Claimed]:
    with newsroom.app.app_context(), newsroom.runtime.transaction() as session:
        return claim(session, KIND, 100, 60)


def rescore(newsroom: Newsroom, rows: Sequence[Claimed], scorer: Any = None) -> None:
    with newsroom.app.app_context():
        rescore_batch(newsroom.runtime, scorer or Halved(), rows)


def shown_scores(newsroom: Newsroom, posted: dict[str, Any]) -> dict[str, Any]:
    """The scores that the moderators' API shows beside a comment."""
    answer = newsroom.client.get(
        f"/api/v1/moderation/comments/{posted['id']}", headers={"Authorization": f"Bearer {newsroom.moderator}"}
    )
    assert answer.status_code == 200, answer.get_data(as_text=True)
    found: dict[str, Any] = answer.get_json()["scores"]
    return found


def held(newsroom: Newsroom, mark: str = "") -> dict[str, Any]:
    posted = newsroom.posted(body=f"Doubtful {mark}, spam=0.80")
    newsroom.judge()
    assert newsroom.row(posted["id"]).awaits == "human"
    return posted


def test_what_waits_is_shown_with_the_new_scores_and_stays_where_it_is(any_newsroom: Newsroom) -> None:
    posted = held(any_newsroom)
    assert stale(any_newsroom) == promise(any_newsroom) == 1
    rescore(any_newsroom, claimed(any_newsroom))
    shown = shown_scores(any_newsroom, posted)
    assert shown["model"] == NEW
    assert shown["values"]["spam"] == 0.4
    assert any_newsroom.status(posted) == "pending", "certain or not, what was held stays held"
    assert any_newsroom.count_rows(Decision) == 1
    assert stale(any_newsroom) == promise(any_newsroom) == 0


def test_delivered_twice_and_promised_twice_changes_nothing_more(newsroom: Newsroom) -> None:
    posted = held(newsroom)
    promise(newsroom)
    promise(newsroom)
    rows = claimed(newsroom)
    assert len(rows) == 1
    rescore(newsroom, rows)
    before = newsroom.run_sql("SELECT model, scores, created_at FROM scores ORDER BY id")
    rescore(newsroom, rows)
    after = newsroom.run_sql("SELECT model, scores, created_at FROM scores ORDER BY id")
    assert [tuple(row) for row in after] == [tuple(row) for row in before]
    assert claimed(newsroom) == []
    assert shown_scores(newsroom, posted)["model"] == NEW


def test_after_a_rollback_the_former_models_scores_are_shown_again(newsroom: Newsroom) -> None:
    posted = held(newsroom)
    promise(newsroom)
    rescore(newsroom, claimed(newsroom))
    former = newsroom.scorer.model
    assert promise(newsroom, former) == 1
    rescore(newsroom, claimed(newsroom), newsroom.scorer)
    shown = shown_scores(newsroom, posted)
    assert (shown["model"], shown["values"]["spam"]) == (former, 0.8)
    assert promise(newsroom, NEW) == 1, "and forward again"


def test_what_a_person_decided_meanwhile_is_left_alone(newsroom: Newsroom) -> None:
    posted = held(newsroom)
    promise(newsroom)
    newsroom.decide(posted["id"], "approve")
    rescore(newsroom, claimed(newsroom))
    assert [row.model for row in newsroom.run_sql("SELECT model FROM scores")] == [newsroom.scorer.model]
    assert claimed(newsroom) == [], "its row is finished all the same"


def test_without_a_model_nothing_is_lost(newsroom: Newsroom) -> None:
    class Absent:
        def score(self, texts: Sequence[Text]) -> list[Scored]:
            raise ScorerUnavailable("gone")

    posted = held(newsroom)
    promise(newsroom)
    rows = claimed(newsroom)
    with pytest.raises(ScorerUnavailable):
        rescore(newsroom, rows, Absent())
    assert shown_scores(newsroom, posted)["model"] == newsroom.scorer.model
    rescore(newsroom, rows)
    assert shown_scores(newsroom, posted)["model"] == NEW


def test_only_what_waits_for_a_person_on_this_site_is_promised(newsroom: Newsroom) -> None:
    held(newsroom, "one")
    newsroom.approved()
    newsroom.posted(body="Waits for the machine.")
    assert stale(newsroom) == promise(newsroom) == 1
