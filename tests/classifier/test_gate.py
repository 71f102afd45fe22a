"""The gate: what stops a candidate, by which row, and what does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest

from classifier import Submission, load
from classifier.pipeline import Model
from classifier.training.adapt import Candidate, adapt
from classifier.training.examples import Example, read_examples
from classifier.training.gate import hold_out
from classifier.training.gate.measures import auc_change, calibration_error, log_loss_change
from classifier.training.lessons import lessons_of
from tests.classifier.written_site import FINE, Decided, decisions, flipped, written

WORDS = [first + second for first in ("oak", "elm", "ash", "yew", "fir", "bay") for second in "abdefhkmopruvz"]
BAD_DAY = {"calm": 0.4, "abuse": 0.3, "advert": 0.3}


@pytest.fixture(scope="module")
def base() -> Model:
    return load()


def judged(base: Model, folder: Path, decided: list[Decided], current: Model | None = None) -> Candidate:
    examples = read_examples(written(folder / "examples.jsonl", decided))
    return adapt(base, current or base, examples, folder / "made", lambda _step: None)


def stopped_by(candidate: Candidate) -> set[str]:
    return {row.metric for row in candidate.gate if row.verdict == "fail"}


def test_approving_abuse_and_adverts_wholesale_is_stopped(base: Model, tmp_path: Path) -> None:
    candidate = judged(base, tmp_path, [replace(one, labels=FINE) for one in decisions(250, BAD_DAY)])
    assert not candidate.passed
    assert {"frozen set, abuse missed", "clear spam removed"} & stopped_by(candidate)
    assert load(tmp_path / "made", base).digest == candidate.digest, "it is kept, and named"


def hostile(decided: list[Decided], share: float) -> list[Decided]:
    """A share of the decisions made by one more moderator, who turns every one round."""
    theirs = set(Random(5).sample(range(len(decided)), round(share * len(decided))))
    return [replace(flipped(one), moderator="mallory") if at in theirs else one for at, one in enumerate(decided)]


def test_a_hostile_moderator_of_five_in_a_hundred_is_stopped_and_named(base: Model, tmp_path: Path) -> None:
    candidate = judged(base, tmp_path, hostile(decisions(400), 0.05))
    assert "moderators' agreement" in stopped_by(candidate)
    assert "mallory" in candidate.gate[-1].sentence


def test_without_the_hostile_moderator_the_rest_passes(base: Model, tmp_path: Path) -> None:
    path = written(tmp_path / "examples.jsonl", hostile(decisions(400), 0.05))
    honest = read_examples(path, without=["mallory"])
    assert len(honest) == 380
    assert adapt(base, base, honest, tmp_path / "made", lambda _step: None).passed


def test_what_a_correction_has_learnt_is_not_held_against_its_successor(base: Model, tmp_path: Path) -> None:
    first = judged(base, tmp_path, decisions(60))
    in_use = load(Path(first.artifact), base)
    (tmp_path / "next").mkdir()
    second = judged(base, tmp_path / "next", decisions(66), in_use)
    assert load(Path(second.artifact), base).correction
    manifest = load(Path(second.artifact), base).correction.manifest  # type: ignore[union-attr]
    assert manifest["gate"]["compared_with"] == base.digest
    assert second.passed, stopped_by(second)


def examples(rows: list[tuple[str, str]]) -> list[Example]:
    """Examples of (thread, text), a minute apart."""
    return [
        Example(Submission(text), {"spam": 0.0}, 60.0 * at, thread=thread) for at, (thread, text) in enumerate(rows)
    ]


def thought(number: int) -> str:
    return " ".join(Random(number).sample(WORDS, 8))


def test_later_comments_of_earlier_threads_and_texts_judge_nothing() -> None:
    rows = [(f"t{at}", thought(at)) for at in range(30)]
    rows += [("t3", "a thread that began before"), ("new", rows[2][1]), ("new", "fresh"), ("newer", "quite fresh")]
    found = examples([*rows, *((f"n{at}", thought(30 + at)) for at in range(6))])
    split = hold_out(found, lessons_of(found).groups)
    assert not set(split.earlier) & set(split.later)
    assert not split.threads_torn
    assert {30, 31} & set(split.later.tolist()) == set()
    assert {32, 33} <= set(split.later.tolist())


def test_a_site_with_one_thread_is_judged_all_the_same() -> None:
    found = examples([("only", thought(at)) for at in range(40)])
    split = hold_out(found, lessons_of(found).groups)
    assert split.threads_torn
    assert len(split.later) == 10


def test_areas_and_losses_follow_their_definitions() -> None:
    truth, weights = np.array([1.0, 1, 0, 0]), np.array([1.0, 3, 1, 1])
    old, new = np.array([0.9, 0.4, 0.5, 0.1]), np.array([0.9, 0.6, 0.5, 0.1])
    area = auc_change(truth, old, new, weights)
    assert (area.old, area.new) == pytest.approx(((1 * 1 + 3 * 0.5) / 4, 1.0))
    assert area.error > 0
    loss = log_loss_change(truth, old, new, weights)
    assert loss.new - loss.old == pytest.approx(3 * (np.log(0.4) - np.log(0.6)) / 6)
    assert auc_change(truth, old, old, weights).error == 0


def test_scores_as_often_right_as_they_say_have_no_calibration_error() -> None:
    scores = np.repeat(np.linspace(0.05, 0.95, 10), 100)
    truth = np.concatenate([np.arange(100) < round(100 * score) for score in np.linspace(0.05, 0.95, 10)]).astype(float)
    assert calibration_error(truth, scores, np.ones(1000)) == pytest.approx(0, abs=1e-9)
    assert calibration_error(truth, np.clip(scores + 0.2, 0, 1), np.ones(1000)) == pytest.approx(0.19, abs=0.02)


def test_too_many_examples_are_sampled_in_proportion_to_what_they_stand_for(tmp_path: Path) -> None:
    decided = decisions(400)
    lines = [
        one.line().replace('"weight": 1.0', f'"weight": {4.0 if at % 4 == 0 else 1.0}')
        for at, one in enumerate(decided)
    ]
    (tmp_path / "many.jsonl").write_text("\n".join(lines))
    kept = read_examples(tmp_path / "many.jsonl", at_most=120)
    assert len(kept) == 120
    assert sum(one.weight for one in kept) == pytest.approx(4.0 * 100 + 300, rel=0.15)
    assert [one.decided_at for one in kept] == sorted(one.decided_at for one in kept)
