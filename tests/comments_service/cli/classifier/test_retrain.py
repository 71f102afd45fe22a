"""Is it said before anything is done what there is to learn from, and do a few decisions make nothing worse?"""

from typing import Any

import pytest

from comments_service.moderation.moderator_sessions import issue_token
from comments_service.moderation.moderators import add_moderator, credentials
from comments_service.scoring import Text
from comments_service.scoring.store import Store
from examples.retraining.texts import RULES, taught, unseen
from tests.comments_service.cli.classifier.operator import Operator
from tests.comments_service.web.newsroom import Newsroom


def decide(newsroom: Newsroom, count: int) -> None:
    """Comments of the harbour newspaper, and what its rules make of them."""
    for (text, kind), _ in zip(taught(1), range(count), strict=False):
        newsroom.decide(newsroom.posted(body=text)["id"], RULES[kind][0])


def as_another(newsroom: Newsroom, login: str) -> None:
    """From now on `login` decides."""
    with newsroom.app.app_context(), newsroom.runtime.transaction() as session:
        now = newsroom.runtime.clock()
        add_moderator(session, login, role="moderator", site_id=None, now=now)
        person = credentials(session, login)
        assert person is not None
        newsroom.moderator = issue_token(session, person.id, now=now, days=1)


def test_a_dry_run_counts_and_does_nothing(operator: Operator) -> None:
    decide(operator.newsroom, 12)
    told = operator.told("retrain", "--dry-run")
    assert (told["examples"], told["enough"]) == (12, True)
    assert sum(kind["examples"] for kind in told["kinds"]) == 12
    assert {"approved", "spam"} <= {kind["decision"] for kind in told["kinds"]}
    assert "Nothing was done" in operator.type("retrain", "--site", "news", "--dry-run").stdout
    assert operator.told("list")["versions"] == []


def test_too_few_decisions_are_told_with_where_to_make_more(operator: Operator) -> None:
    decide(operator.newsroom, 3)
    refused = operator.mistake("retrain", "--site", "news")
    assert "has 3 decisions to learn from and 10 are the least" in refused
    assert "/moderation" in refused
    assert operator.told("retrain", "--dry-run")["enough"] is False


def test_a_moderators_decisions_can_be_left_out(operator: Operator) -> None:
    decide(operator.newsroom, 4)
    as_another(operator.newsroom, "mallory")
    posted = operator.newsroom.posted(body="Cheap pills, and nobody minds.")
    operator.newsroom.decide(posted["id"], "approve")
    assert operator.told("retrain", "--dry-run")["examples"] == 5
    assert operator.told("retrain", "--dry-run", "--without", "mallory")["examples"] == 4
    assert "no moderator 'malory'" in operator.mistake("retrain", "--site", "news", "--without", "malory")


def test_a_fit_that_fails_says_so_and_changes_nothing(
    operator: Operator, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    decide(operator.newsroom, 10)
    monkeypatch.setenv("PYTHONHASHSEED", "spoilt")  # no other Python can start now
    done = operator.type("retrain", "--site", "news", "--promote")
    assert done.exit_code == 1
    assert "PYTHONHASHSEED" in capfd.readouterr().err
    assert operator.told("list")["versions"] == []


def test_ten_decisions_make_a_model_that_is_all_but_the_former(operator: Operator) -> None:
    newsroom = operator.newsroom
    decide(newsroom, 10)
    told = operator.told("retrain", "--promote", "--by", "ada")
    assert (told["passed"], told["promoted"], told["examples"]) == (True, True, 10), told["gate"]
    store = Store(newsroom.settings.models_dir, "news")
    texts = [Text(text) for text, _ in unseen(1)]
    now = store.score(told["version"], texts)
    was = Store(newsroom.settings.models_dir, None).score(None, texts)
    assert max(farthest(a.scores, b.scores) for a, b in zip(was, now, strict=True)) < 0.2
    assert [step.did for step in operator.registry().history()] == ["add", "promote"]


def farthest(before: dict[str, Any], after: dict[str, Any]) -> float:
    return max(abs(after[label] - before[label]) for label in before)
