"""Does a model on trial score what comes in, decide nothing, harm nothing, and is it compared fairly?"""

import re
from collections.abc import Sequence
from typing import Any

import pytest

from comments_service.moderation.judge import judge_batch
from comments_service.moderation.shadowing import forget_old_trials, shadow_batch
from comments_service.moderation.trial_report import pairs, report
from comments_service.outbox.claim import claim
from comments_service.scoring import Scored, Text
from comments_service.storage.tables import ShadowScore
from tests.comments_service.web.newsroom import DEFAULTS, Newsroom
from tests.comments_service.web.newsroom_fixtures import any_newsroom, make_newsroom, newsroom

__all__ = ["any_newsroom", "make_newsroom", "newsroom"]

TRIED = "c" * 64


class Trial:
    """A model on trial that finds its scores in the text, as `tried=0.9`."""

    def shadow(self, texts: Sequence[Text]) -> list[Scored | None]:
        return [Scored({"spam": self._of(one.text), "toxic": 0.0}, "en", [], TRIED) for one in texts]

    def _of(self, written: str) -> float:
        found = re.search(r"tried=([01]\.\d+)", written)
        return float(found[1]) if found else 0.0


class BrokenTrial:
    def shadow(self, texts: Sequence[Text]) -> list[Scored | None]:
        raise RuntimeError("the model on trial fell over")


def judge_with(newsroom: Newsroom, trial: Any) -> None:
    """A worker's round with a model on trial."""
    with newsroom.app.app_context():
        with newsroom.runtime.transaction() as session:
            rows = claim(session, "judge", 100, 60)
        shadow_batch(newsroom.runtime, trial, judge_batch(newsroom.runtime, newsroom.scorer, rows))


def test_its_scores_are_kept_apart_and_decide_nothing(any_newsroom: Newsroom) -> None:
    posted = any_newsroom.posted(body="Harmless here, tried=0.99")
    judge_with(any_newsroom, Trial())
    assert any_newsroom.status(posted) == "approved"
    kept = any_newsroom.run_sql("SELECT site_id, revision, model FROM shadow_scores")
    assert [tuple(row) for row in kept] == [(1, 1, TRIED)]
    assert [row.model for row in any_newsroom.run_sql("SELECT model FROM scores")] == [any_newsroom.scorer.model]
    assert [row.model for row in any_newsroom.run_sql("SELECT model FROM decisions")] == [any_newsroom.scorer.model]


def test_its_failure_changes_nothing_about_the_decisions(newsroom: Newsroom) -> None:
    posted = newsroom.posted()
    judge_with(newsroom, BrokenTrial())
    assert newsroom.status(posted) == "approved"
    assert newsroom.count_rows(ShadowScore) == 0
    assert newsroom.run_sql("SELECT 1 FROM outbox WHERE done_at IS NULL AND kind = 'judge'") == []


def test_both_models_are_compared_on_the_same_comments_and_decisions(any_newsroom: Newsroom) -> None:
    texts = [("spam=0.6 tried=0.1", "approve"), ("spam=0.7 tried=0.2", "approve"), ("spam=0.1 tried=0.98", "spam")]
    for body, decision in texts:
        posted = any_newsroom.posted(body=f"A text of its own {body}")
        judge_with(any_newsroom, Trial())
        any_newsroom.decide(posted["id"], decision)
    any_newsroom.posted(body="Nobody has decided about this, spam=0.1 tried=0.1")
    judge_with(any_newsroom, Trial())
    with any_newsroom.app.app_context(), any_newsroom.runtime.reading() as session:
        found = pairs(session, 1, TRIED)
        said = {pair.public_id: {"spam": float(pair.tried["spam"] > 0.5)} for pair in found[1:]}
    made = report(found, said, DEFAULTS)
    assert made.comments == 4
    assert made.moves == {("hold", "approve"): 2, ("approve", "spam"): 1, ("approve", "approve"): 1}
    live, tried = made.agreements["spam"]
    assert (live.decisions, tried.decisions) == (3, 3)
    assert live.auc == 0.0
    assert tried.auc == 1.0


@pytest.mark.parametrize(("days", "left"), [(89, 1), (91, 0)])
def test_old_trials_are_forgotten(newsroom: Newsroom, days: int, left: int) -> None:
    newsroom.posted()
    judge_with(newsroom, Trial())
    newsroom.run_sql("UPDATE shadow_scores SET created_at = created_at - :age", age=days * 86_400_000_000)
    with newsroom.app.app_context(), newsroom.runtime.transaction() as session:
        forget_old_trials(session, newsroom.runtime.clock())
    assert newsroom.count_rows(ShadowScore) == left
