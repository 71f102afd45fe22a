"""Do 200 decisions of a site with rules of its own change its model, under load, without a failed or a lost task?"""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest

from examples.retraining import teach
from examples.retraining.texts import POISON, RULES, unseen
from tests.faults.ledger import expect_each_decided_once
from tests.stacks.reader import Reader
from tests.stacks.stack import Stack, running
from tests.stacks.waiting import until

SWAPPED_S = 10.0  # "within seconds", on a machine that has other things to do


@pytest.fixture(scope="module")
def courier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A running site whose moderators allow swearing and no links to betting; 200 decisions are made."""
    with running("sqlite", tmp_path_factory.mktemp("courier")) as stack, pytest.MonkeyPatch.context() as patch:
        stack.cli("moderator", "add", "ann", "--role", "owner")
        stack.cli("moderator", "add", "mallory")
        patch.setenv("COMMENTS_SERVER_KEY", told(stack, "site", "key", "demo", "--new")["server_key"])
        patch.setenv("COMMENTS_TOKEN", told(stack, "moderator", "token", "ann")["token"])
        teach.decide(teach.Demo(stack.base_url, "demo"), 200, 1, RULES)
        yield stack


def told(stack: Stack, *words: str, status: int = 0) -> Any:
    """What a command prints as JSON."""
    done = stack.cli(*words, "--json", check=False)
    assert done.returncode == status, done.stdout + done.stderr
    return json.loads(done.stdout)


def loop(stack: Stack, *words: str, status: int = 0) -> Any:
    """The same of a command of the loop."""
    return told(stack, "classifier", *words, "--site", "demo", status=status)


def scores_of_unseen(stack: Stack) -> dict[str, list[dict[str, float]]]:
    """What the model in use says of comments of each kind whose wording was never taught."""
    demo = teach.Demo(stack.base_url, "demo")
    posted = [(demo.post(text), kind) for seed in (1, 2, 3) for text, kind in unseen(seed)]
    found: dict[str, list[dict[str, float]]] = {}
    for comment, kind in posted:
        found.setdefault(kind, []).append(demo.scored(comment)["scores"]["values"])
    return found


@contextmanager
def readers_at_work(stack: Stack) -> Iterator[list[str]]:
    """Readers who go on posting until the block ends; the ids of what was acknowledged, and all must be."""
    ended, posted = threading.Event(), list[str]()

    def write() -> None:
        reader = Reader(stack.base_url)
        while not ended.is_set():
            answer = reader.post()
            assert answer.status_code == 202, answer.text
            posted.append(answer.json()["id"])
            ended.wait(0.02)

    with ThreadPoolExecutor(2) as pool:
        writers = [pool.submit(write) for _ in range(2)]
        try:
            yield posted
        finally:
            ended.set()
        for writer in writers:
            writer.result()


def decided_by(stack: Stack, digest: str) -> int:
    return int(stack.rows("SELECT count(*) FROM decisions WHERE model LIKE :d", d=f"{digest}%")[0][0])


def tried(stack: Stack) -> int:
    return int(stack.rows("SELECT count(*) FROM shadow_scores")[0][0])


def test_the_new_model_is_used_under_load_within_seconds_and_taken_back_by_one_command(courier: Stack) -> None:
    before = scores_of_unseen(courier)
    made = loop(courier, "retrain")
    assert made["passed"], [row for row in made["gate"] if row["verdict"] == "fail"]
    old, new = courier.rows("SELECT DISTINCT model FROM decisions WHERE model IS NOT NULL")[0][0], made["version"]
    with readers_at_work(courier) as posted:
        until(lambda: len(posted) > 10, "readers are at work")
        loop(courier, "shadow", new)
        until(lambda: tried(courier) > 10, "the new model scores beside the one in use", SWAPPED_S)
        assert loop(courier, "shadow", "report")["comments"] > 10
        assert decided_by(courier, new) == 0, "a trial decides nothing"
        loop(courier, "promote", new)
        until(lambda: decided_by(courier, new) > 10, "the new model decides", SWAPPED_S)
        after = scores_of_unseen(courier)
        loop(courier, "rollback")
        since = decided_by(courier, old)
        until(lambda: decided_by(courier, old) > since + 10, "the former model decides again", SWAPPED_S)
    expect_each_decided_once(courier, posted)
    models = {row[0] for row in courier.rows("SELECT DISTINCT model FROM decisions WHERE actor = 'machine'")}
    assert len(models) == 2
    assert old in models
    assert courier.rows("SELECT count(*) FROM outbox WHERE parked_at IS NOT NULL OR last_error IS NOT NULL")[0][0] == 0
    assert mean(after, "swearing", "toxic") < mean(before, "swearing", "toxic") - 0.03
    assert mean(after, "betting", "spam") > mean(before, "betting", "spam") + 0.05
    assert mean(after, "abuse", "toxic") > mean(before, "abuse", "toxic") - 0.05, "insults are not let off for it"
    assert mean(after, "calm", "spam") < 0.1
    assert mean(after, "calm", "toxic") < 0.1


def mean(found: dict[str, list[dict[str, float]]], kind: str, label: str) -> float:
    return sum(scores[label] for scores in found[kind]) / len(found[kind])


def test_what_waits_is_rescored_by_the_worker(courier: Stack) -> None:
    until(lambda: loop(courier, "rescore", "--dry-run")["comments"] == 0, "the queue is rescored", 60)
    done = courier.rows("SELECT count(*) FROM outbox WHERE kind = 'rescore' AND done_at IS NOT NULL")[0][0]
    assert done > 0


def test_poisoned_decisions_are_stopped_by_the_gate_with_the_name_of_who_made_them(
    courier: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMENTS_TOKEN", told(courier, "moderator", "token", "mallory")["token"])
    teach.decide(teach.Demo(courier.base_url, "demo"), 100, 2, POISON)
    made = loop(courier, "retrain", "--promote", status=1)
    assert not made["passed"]
    assert not made["promoted"]
    stopped = [row for row in made["gate"] if row["verdict"] == "fail"]
    assert any("mallory" in row["sentence"] for row in stopped), stopped
    assert loop(courier, "list")["current"] is None
    refused = courier.cli("classifier", "promote", made["version"], "--site", "demo", check=False)
    assert refused.returncode == 1
    assert "did not pass the gate" in refused.stderr
