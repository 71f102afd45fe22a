"""Can a model be put into use, refused, overruled and taken back, and does everybody see who did so and why?"""

import json
import os
import shutil
from pathlib import Path

import pytest

from classifier.artifact import manifest_bytes
from classifier.pipeline import SHIPPED
from tests.comments_service.cli.classifier.operator import STOPPED, Operator


def test_before_anything_was_made_the_list_says_what_to_do(operator: Operator) -> None:
    said = operator.type("list", "--site", "news").stdout
    assert "No model was made here yet" in said
    assert "retrain --site news" in said
    assert operator.told("list")["versions"] == []


def test_promotion_and_rollback_are_one_command_each_and_kept_in_the_history(operator: Operator) -> None:
    version = operator.candidate(spam=12.0)
    assert operator.told("promote", version[:6], "--by", "ada", "--why", "it passed")["current"] == version
    (listed,) = operator.told("list")["versions"]
    assert (listed["version"], listed["state"], listed["passed"], listed["decisions"]) == (
        version,
        "in use",
        True,
        200,
    )
    back = operator.told("rollback", "--by", "bob", "--why", "too strict")
    assert (back["current"], back["previous"]) == (None, version)
    assert "the installation's model" in operator.type("list", "--site", "news").stdout
    told = [(step["did"], step["by"], step["why"]) for step in operator.told("show", version)["history"]]
    assert told == [("add", "ada", "made by hand"), ("promote", "ada", "it passed")]


def test_what_the_gate_stopped_is_refused_with_its_row_and_only_overruled_with_a_reason(operator: Operator) -> None:
    version = operator.candidate(STOPPED)
    refused = operator.mistake("promote", version, "--site", "news")
    assert "that is above 0.2" in refused
    assert "--despite-gate" in refused
    assert operator.told("list")["current"] is None
    assert f"{version} was stopped by: frozen set, missed" in operator.type("list", "--site", "news").stdout
    assert "say why" in operator.mistake("promote", version, "--site", "news", "--despite-gate", " ")
    assert operator.told("promote", version, "--despite-gate", "a test site")["current"] == version
    (_, step) = operator.told("show", version)["history"]
    assert step["why"] == "despite the gate: a test site"


def test_show_tells_the_gates_table_and_what_it_was_made_of(operator: Operator) -> None:
    said = operator.type("show", operator.candidate(STOPPED), "--site", "news").stdout
    assert "200, of which 190 differ" in said
    assert "spam: 60 yes, 140 no" in said
    assert "stopped by frozen set, missed: The share of clear abuse" in said


@pytest.mark.parametrize("words", [("show", "ffff"), ("promote", "ffff"), ("shadow", "ffff"), ("evaluate", "ffff")])
def test_a_wrong_version_is_told_in_one_line(operator: Operator, words: tuple[str, str]) -> None:
    operator.candidate()
    assert "no version 'ffff'" in operator.mistake(*words, "--site", "news")
    assert "no site 'nwes'" in operator.mistake(*words, "--site", "nwes")


def test_rolling_back_before_any_promotion_is_told_in_one_line(operator: Operator) -> None:
    assert "none was promoted yet" in operator.mistake("rollback", "--site", "news")


def test_a_damaged_version_is_named_and_not_promoted(operator: Operator) -> None:
    version = operator.candidate(spam=12.0)
    os.truncate(operator.registry().path(version) / "intercepts.npy", 3)
    assert "intercepts.npy" in operator.mistake("promote", version, "--site", "news")
    (listed,) = operator.told("list")["versions"]
    assert "intercepts.npy" in listed["damage"]
    assert "damaged" in operator.type("show", version, "--site", "news").stdout


def test_a_candidate_of_another_base_is_not_promoted(operator: Operator) -> None:
    version = operator.candidate(base="f" * 64)
    assert "retrain" in operator.mistake("promote", version, "--site", "news")
    assert operator.told("list")["current"] is None


def test_a_trained_model_can_be_put_into_use_for_all_sites(operator: Operator, tmp_path: Path) -> None:
    operator.told("promote", operator.candidate(spam=1.0))
    folder = Path(shutil.copytree(SHIPPED, tmp_path / "trained"))
    manifest = json.loads((folder / "manifest.json").read_bytes())
    (folder / "manifest.json").write_bytes(manifest_bytes(manifest | {"name": "trained here"}))
    done = operator.type("promote", str(folder), "--why", "trained on our own corpus")
    assert done.exit_code == 0, done.output
    assert str(operator.registry(None).pointer().current) in done.stdout
    assert "Site news is scored by the installation's model now" in done.stdout
    assert "retrain" in done.stdout
    assert [step.did for step in operator.registry(None).history()] == ["add", "promote"]


def test_what_waits_is_rescored_by_whatever_is_in_use_and_stays_held(operator: Operator) -> None:
    newsroom = operator.newsroom
    posted = newsroom.posted(body="Doubtful, spam=0.8")
    newsroom.judge()
    version = operator.candidate(spam=-12.0)
    assert operator.told("promote", version)["rescoring"] == 1
    assert operator.work_on_rescoring() == 1
    assert operator.told("rescore", "--dry-run")["comments"] == 0
    (score,) = newsroom.run_sql("SELECT scores FROM scores WHERE model LIKE :v", v=f"{version}%")
    assert '"spam": 0.0' in score.scores
    assert newsroom.status(posted) == "pending"
    assert operator.told("rollback", "--no-rescore")["rescoring"] == 0
    assert operator.told("rescore", "--dry-run")["comments"] == 1
    assert operator.told("rescore")["comments"] == 1


def test_a_promotion_has_the_site_looked_at(operator: Operator) -> None:
    operator.told("promote", operator.candidate(spam=1.0))
    keys = [row.key for row in operator.newsroom.run_sql("SELECT key FROM outbox WHERE kind = 'models'")]
    assert len(keys) == 2, "at once, and when every worker has the new model"
    assert all(key.endswith("/1") for key in keys)
