"""Is it noticed, by site, when a model is not used or its scores drift; and told where operators look?"""

import dataclasses
import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from click.testing import CliRunner

from comments_service.cli import main
from comments_service.moderation.judge import judge_batch
from comments_service.moderation.model_watch import (
    KIND,
    SiteModels,
    measure,
    promise_look,
    promise_watch,
    watch_models,
    watch_promised,
)
from comments_service.outbox.claim import claim
from comments_service.scoring import ScorerUnavailable
from comments_service.scoring.drift import FEWEST, reference_of
from tests.comments_service.web.newsroom import Newsroom
from tests.comments_service.web.newsroom_fixtures import any_newsroom, make_newsroom, newsroom, shared_newsroom

__all__ = ["any_newsroom", "make_newsroom", "newsroom", "shared_newsroom"]


class OneModel:
    """Every site is scored by one model; `trouble` hinders another."""

    def __init__(self, digest: str, trouble: str = "") -> None:
        self.digest, self.trouble = digest, trouble

    def of_site(self, site: str) -> tuple[str, str]:
        return self.digest, self.trouble


def judged(newsroom: Newsroom, count: int, score: Callable[[int], float], days_ago: float) -> None:
    """Comments that were written and judged so long ago."""
    then = newsroom.runtime.clock() - timedelta(days=days_ago)
    for number in range(count):
        newsroom.posted(body=f"The ferry leaves from the old harbour spam={score(number):.3f}")
    with newsroom.app.app_context():
        means = dataclasses.replace(newsroom.runtime, clock=lambda: then)
        with newsroom.runtime.transaction() as session:
            rows = claim(session, "judge", count, 60)
        judge_batch(means, newsroom.scorer, rows)


def watch(newsroom: Newsroom, models: SiteModels) -> None:
    """A worker's round over what is promised, until nothing is."""
    with newsroom.app.app_context():
        while True:
            with newsroom.runtime.transaction() as session:
                rows = claim(session, KIND, 1, 60)
            if not rows:
                return
            watch_models(newsroom.runtime, models, rows)


@pytest.fixture(scope="module")
def drifted(shared_newsroom: Newsroom) -> Newsroom:
    """A site whose first weeks were quiet and whose last days are not."""
    judged(shared_newsroom, FEWEST, lambda number: number % 10 / 100, 20)
    judged(shared_newsroom, FEWEST, lambda number: 0.3 + number % 10 / 100, 2)
    return shared_newsroom


def test_the_first_weeks_are_the_reference_where_none_was_kept(drifted: Newsroom) -> None:
    with drifted.app.app_context(), drifted.runtime.reading() as session:
        found = measure(session, 1, drifted.scorer.model, None, drifted.runtime.clock())
    assert found is not None
    assert (found.reference_comments, found.comments) == (FEWEST, FEWEST)
    assert found.alarms == ["spam"]


def test_a_kept_reference_comes_first(drifted: Newsroom) -> None:
    kept = reference_of([("The ferry leaves from the old harbour", {"spam": 0.35, "toxic": 0.01})] * FEWEST)
    with drifted.app.app_context(), drifted.runtime.reading() as session:
        found = measure(session, 1, drifted.scorer.model, kept, drifted.runtime.clock())
        other = measure(session, 1, "d" * 64, kept, drifted.runtime.clock())
    assert found is not None
    assert found.labels["toxic"] < found.bound
    assert other is None, "another model's scores say nothing about this one"


def test_an_alarm_stands_in_the_metrics(drifted: Newsroom) -> None:
    with drifted.app.app_context(), drifted.runtime.transaction() as session:
        promise_look(session, 1, drifted.runtime.clock())
    watch(drifted, OneModel(drifted.scorer.model, "the correction was fitted to another base: retrain"))
    text = drifted.client.get("/metrics").get_data(as_text=True)
    assert 'comments_model_drift_alarm{label="spam",site="news"} 1.0' in text
    assert 'comments_model_drift_alarm{label="toxic",site="news"} 0.0' in text
    assert 'comments_model_drift{label="words",site="news"} 0.' in text
    assert 'comments_model_trouble{site="news"} 1.0' in text
    (state,) = drifted.run_sql("SELECT model, trouble, drift FROM model_states")
    assert state.model == drifted.scorer.model
    assert json.loads(state.drift)["alarms"] == ["spam"]


def test_the_doctor_tells_what_to_do(drifted: Newsroom) -> None:
    with drifted.app.app_context(), drifted.runtime.transaction() as session:
        promise_look(session, 1, drifted.runtime.clock())
    watch(drifted, OneModel(drifted.scorer.model))
    env = {"COMMENTS_DATA_DIR": str(drifted.settings.data_dir), "COMMENTS_SECRET_KEY": drifted.settings.secret_key}
    done = CliRunner().invoke(main, ["doctor", "--only", "site models"], env=env)
    assert done.exit_code == 1
    assert "news: scores have drifted (spam)" in done.stdout
    assert "classifier drift --site KEY" in done.stdout


class NoModel:
    def of_site(self, site: str) -> tuple[str, str]:
        raise ScorerUnavailable("the file is gone")


def test_without_any_model_the_look_tells_so_and_is_done(any_newsroom: Newsroom) -> None:
    with any_newsroom.app.app_context(), any_newsroom.runtime.transaction() as session:
        promise_look(session, 1, any_newsroom.runtime.clock())
    watch(any_newsroom, NoModel())
    assert [row.trouble for row in any_newsroom.run_sql("SELECT trouble FROM model_states")] == ["the file is gone"]


def test_every_hour_each_site_is_looked_at_once(newsroom: Newsroom) -> None:
    now = newsroom.runtime.clock()
    with newsroom.app.app_context(), newsroom.runtime.transaction() as session:
        assert not watch_promised(session, now)
        promise_watch(session, now)
        promise_watch(session, now)
        assert watch_promised(session, now)
        assert not watch_promised(session, now + timedelta(hours=1))
    watch(newsroom, OneModel("e" * 64))
    watch(newsroom, OneModel("f" * 64))
    assert [tuple(row) for row in newsroom.run_sql("SELECT site_id, model, drift FROM model_states")] == [
        (1, "e" * 64, "{}")
    ]


def test_scores_that_a_worker_stored_with_the_former_model_are_replaced_later(any_newsroom: Newsroom) -> None:
    any_newsroom.posted(body="Doubtful, spam=0.80")
    any_newsroom.judge()
    with any_newsroom.app.app_context(), any_newsroom.runtime.transaction() as session:
        promise_look(session, 1, any_newsroom.runtime.clock())
    assert any_newsroom.run_sql("SELECT count(*) AS n FROM outbox WHERE kind = 'models'")[0].n == 2, "now, and later"
    watch(any_newsroom, OneModel("f" * 64))
    assert any_newsroom.run_sql("SELECT count(*) AS n FROM outbox WHERE kind = 'rescore'")[0].n == 1
