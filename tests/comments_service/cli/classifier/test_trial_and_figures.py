"""Do trial, evaluation and drift tell what moderators need to know, also when there is nothing to tell yet?"""

from comments_service.moderation.judge import judge_batch
from comments_service.moderation.shadowing import shadow_batch
from comments_service.outbox.claim import claim
from comments_service.scoring.live_model import LiveModel
from tests.comments_service.cli.classifier.operator import Operator


def judged(operator: Operator) -> None:
    """A worker's round with the models that ship and are on trial."""
    newsroom = operator.newsroom
    live = LiveModel(newsroom.settings.models_dir)
    with newsroom.app.app_context():
        with newsroom.runtime.transaction() as session:
            rows = claim(session, "judge", 1000, 60)
        shadow_batch(newsroom.runtime, live, judge_batch(newsroom.runtime, live, rows))


def test_a_trial_runs_on_live_comments_and_is_reported_with_peoples_decisions(operator: Operator) -> None:
    newsroom = operator.newsroom
    assert "no model is on trial" in operator.mistake("shadow", "report", "--site", "news")
    version = operator.candidate(spam=12.0)
    assert operator.told("shadow", version)["shadow"] == version
    assert "has scored no comment yet" in operator.type("shadow", "report", "--site", "news").stdout
    posted = [newsroom.posted(body=f"The ferry to the {place} leaves at nine.") for place in ("island", "quay", "fair")]
    judged(operator)
    assert [newsroom.status(one) for one in posted] == ["approved"] * 3, "a trial decides nothing"
    assert "nothing" not in operator.type("shadow", "report", "--site", "news").stdout
    newsroom.decide(posted[0]["id"], "spam")
    newsroom.decide(posted[1]["id"], "approve")
    told = operator.told("shadow", "report")
    assert told["comments"] == 3
    assert told["moves"] == [{"in_use": "approve", "on_trial": "hold", "comments": 3}]
    assert told["agreement"]["spam"]["on_trial"]["decisions"] == 2
    said = operator.type("shadow", "report", "--site", "news").stdout
    assert "3 would have been decided otherwise" in said
    assert operator.told("shadow", "off")["shadow"] is None
    assert [step.did for step in operator.registry().history()] == ["add", "shadow", "shadow-off"]


def test_evaluation_compares_any_version_with_the_decisions(operator: Operator) -> None:
    assert "No decision says anything" in operator.type("evaluate", "--site", "news").stdout
    newsroom = operator.newsroom
    adverts = ["Cheap pills at http://pills.example", "Win money at http://casino.example now, call 555 0100 222"]
    for body in adverts:
        newsroom.decide(newsroom.posted(body=body)["id"], "spam")
    for place in ("island", "quay"):
        newsroom.decide(newsroom.posted(body=f"The ferry to the {place} leaves at nine.")["id"], "approve")
    in_use = operator.told("evaluate")["figures"]["all"]["spam"]
    assert (in_use["decisions"], in_use["removed"], in_use["auc"]) == (4, 2, 1.0)
    strict = operator.told("evaluate", operator.candidate(spam=12.0))
    assert strict["figures"]["all"]["spam"]["log_loss"] > in_use["log_loss"]
    assert strict["figures"]["since it was made"]["spam"]["decisions"] == 4
    assert strict["workload"]["approve"] == 0.0
    assert sum(strict["workload"].values()) == 1.0


def test_drift_says_when_there_is_too_little_to_say(operator: Operator) -> None:
    assert operator.told("drift")["drift"] is None
    said = operator.type("drift", "--site", "news").stdout
    assert "Too few comments" in said


def test_drift_tells_when_the_sites_own_model_is_not_used(operator: Operator) -> None:
    registry = operator.registry()
    registry.promote(operator.candidate(base="f" * 64))
    assert "retrain" in operator.told("drift")["trouble"]
