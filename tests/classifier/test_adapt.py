"""comment-classifier adapt: what decisions teach, and what a user who errs is told."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result
from numpy.typing import NDArray

from classifier import Model, Submission, load
from classifier.cli import main
from classifier.prediction import LABELS
from classifier.training.caution import SHARES, Shares, cautious_shares
from classifier.training.checks import Scoring
from tests.classifier.written_site import KINDS, comment, decisions, written

SPAM = LABELS.index("spam")


def adapt(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["adapt", *map(str, arguments)])


def adapted(examples: Path, *options: str | Path) -> tuple[dict[str, Any], Model]:
    """The command's JSON and the candidate, loaded as the service would."""
    done = adapt(examples, "--out", examples.with_suffix(""), "--json", *options)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout), load(examples.with_suffix(""), base())


@cache
def base() -> Model:
    return load()


def unseen(kind: str) -> list[Submission]:
    """Comments of a kind that no test decides about."""
    random = Random(99)
    return [Submission(comment(kind, random)) for _ in range(40)]


def mean_scores(model: Model, kind: str) -> tuple[float, float]:
    """Mean score as spam, and mean of the highest score of toxicity or a kind of it."""
    scores = model.scores(unseen(kind))
    return float(scores[:, SPAM].mean()), float(np.delete(scores, SPAM, axis=1).max(axis=1).mean())


@pytest.fixture(scope="module")
def two_hundred(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Model]:
    return adapted(written(tmp_path_factory.mktemp("site") / "examples.jsonl", decisions(200)))


def test_two_hundred_decisions_move_unseen_comments_of_their_kind(two_hundred: tuple[dict[str, Any], Model]) -> None:
    told, model = two_hundred
    assert told["passed"], [row for row in told["gate"] if row["verdict"] == "fail"]
    before, after = ({kind: mean_scores(m, kind) for kind in KINDS} for m in (base(), model))
    assert after["betting"][0] > before["betting"][0] + 0.2, "betting is spam here"
    assert after["swearing"][1] < before["swearing"][1] - 0.1, "swearing is not toxic here"
    assert after["abuse"][1] > after["swearing"][1] + 0.1, "insults still are"
    assert max(after["calm"]) < 0.1


def test_ten_decisions_make_nothing_worse(tmp_path: Path) -> None:
    told, model = adapted(written(tmp_path / "examples.jsonl", decisions(10)))
    assert told["passed"]
    assert told["examples"] == 10
    for kind in KINDS:
        assert mean_scores(model, kind) == pytest.approx(mean_scores(base(), kind), abs=0.07)
    for row in told["gate"]:
        if row["metric"].startswith("frozen set") and "AUC" in row["metric"]:
            assert row["new"] >= row["old"] - 0.002


@pytest.mark.parametrize("number", [5, 10, 20, 40])
def test_few_decisions_cost_no_clear_case(tmp_path: Path, number: int) -> None:
    told, model = adapted(written(tmp_path / "examples.jsonl", decisions(number)))
    worse = {"frozen set, harmless flagged": 1, "frozen set, spam missed": 1, "frozen set, abuse missed": 1}
    figures = [row for row in told["gate"] if row["metric"] in {*worse, "functional tests"}]
    assert len(figures) == 4
    for row in figures:
        assert worse.get(row["metric"], -1) * (row["new"] - row["old"]) <= 0, row
    assert model.correction
    assert set(model.correction.manifest["shares"].values()) <= set(SHARES)


def test_of_few_decisions_as_much_is_learnt_as_costs_nothing() -> None:
    def kept(spam: float, toxic: float) -> Callable[[Shares], Scoring]:
        """Corrections that judge as the base does up to these shares, and call everything harmless beyond them."""
        return lambda shares: base().scores if shares.spam <= spam and shares.toxic <= toxic else harmless

    def harmless(submissions: Sequence[Submission]) -> NDArray[np.float64]:
        return np.zeros((len(submissions), len(LABELS)))

    for bearable, found in [((1.0, 1.0), (1.0, 1.0)), ((0.6, 0.2), (0.5, 0.125)), ((1.0, 0.0), (1.0, 0.0))]:
        assert cautious_shares(base().scores, kept(*bearable)) == Shares(*found)


def test_the_manifest_says_what_a_candidate_rests_on(two_hundred: tuple[dict[str, Any], Model]) -> None:
    told, model = two_hundred
    assert model.correction
    manifest = model.correction.manifest
    assert (manifest["kind"], manifest["base"]) == ("correction", base().digest)
    assert manifest["examples"]["decisions"] == told["examples"] == 200
    assert manifest["gate"]["rows"] == told["gate"]
    assert manifest["gate"]["passed"] is True
    assert told["digest"] == model.digest


def test_inspect_tells_a_correction_from_a_model(two_hundred: tuple[dict[str, Any], Model]) -> None:
    page = CliRunner().invoke(main, ["inspect", two_hundred[0]["artifact"]]).stdout
    assert f"corrects   {base().digest}" in page
    assert "200 decisions" in page
    assert "gate       passed" in page
    told = json.loads(CliRunner().invoke(main, ["inspect", two_hundred[0]["artifact"], "--json"]).stdout)
    assert (told["digest"], told["kind"]) == (two_hundred[0]["digest"], "correction")


def test_the_table_is_for_people(tmp_path: Path) -> None:
    done = adapt(written(tmp_path / "examples.jsonl", decisions(12)), "--out", tmp_path / "made")
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["metric", "old", "new", "bound", "n", "verdict"]
    assert any(line.startswith("frozen set, toxic AUC") and line.endswith("pass") for line in lines)
    assert "passes the gate" in done.stdout


def test_a_dry_run_counts_and_writes_nothing(tmp_path: Path) -> None:
    examples = written(tmp_path / "examples.jsonl", decisions(12))
    done = adapt(examples, "--out", tmp_path / "made", "--dry-run", "--json", "--without", "anna")
    assert json.loads(done.stdout) == {"examples": sum(one.moderator != "anna" for one in decisions(12))}
    assert not (tmp_path / "made").exists()


LINE = json.loads(decisions(1)[0].line())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not JSON"),
        ("[1]", "not an object"),
        (json.dumps(LINE | {"text": 3}), '"text" must be a string'),
        (json.dumps({k: v for k, v in LINE.items() if k != "labels"}), '"labels" must be an object'),
        (json.dumps(LINE | {"labels": {"spam": 2}}), 'label "spam" must be a number from 0 to 1'),
        (json.dumps(LINE | {"labels": {"toxic": True}}), 'label "toxic" must be a number'),
        (json.dumps(LINE | {"decided_at": "yesterday"}), '"decided_at" must be a time'),
        (json.dumps(LINE | {"weight": 0}), '"weight" must be a number above 0'),
        (json.dumps(LINE | {"weight": "NaN"}), '"weight" must be a number above 0'),
        (json.dumps(LINE | {"thread": []}), '"thread" must be a string'),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_wrong_line_is_named_in_one_line(tmp_path: Path, line: str, said: str) -> None:
    path = written(tmp_path / "examples.jsonl", decisions(3))
    path.write_text(path.read_text() + line + "\n")
    done = adapt(path, "--out", tmp_path / "made")
    assert done.exit_code == 1
    assert done.output.startswith(f"Error: {path}, line 4: {said}")
    assert done.output.count("\n") == 1


@pytest.mark.parametrize("number", [1, 3])
def test_a_handful_of_decisions_is_enough_to_begin(tmp_path: Path, number: int) -> None:
    told, _ = adapted(written(tmp_path / "examples.jsonl", decisions(number)))
    assert (told["examples"], told["passed"]) == (number, True)
    assert {row["verdict"] for row in told["gate"] if row["metric"].startswith("held-out")} == {"too few"}


def test_errors_of_users_are_one_line(tmp_path: Path, two_hundred: tuple[dict[str, Any], Model]) -> None:
    candidate = two_hundred[0]["artifact"]
    examples = written(tmp_path / "examples.jsonl", decisions(3))
    empty = tmp_path / "empty.jsonl"
    empty.write_text('\n{"text": "x", "labels": {"other": 1}, "decided_at": "2026-01-01"}\n')
    for arguments, said in (
        ((empty, "--out", tmp_path / "m"), "holds no example"),
        ((examples, "--out", tmp_path), "exists already"),
        ((examples, "--out", tmp_path / "m", "--base", candidate), "--base must name a model"),
        ((examples, "--out", tmp_path / "m", "--base", tmp_path / "none"), "not a complete artifact"),
        ((examples, "--out", tmp_path / "m", "--current", tmp_path / "none"), "--current"),
    ):
        done = adapt(*arguments)
        assert done.exit_code == 1, arguments
        assert said in done.output
        assert done.output.count("\n") == 1


def test_it_needs_no_library_of_the_training_extra(tmp_path: Path) -> None:
    examples = written(tmp_path / "examples.jsonl", decisions(8))
    script = "import sys; sys.modules['pyarrow'] = None; from classifier.cli import main; main()"
    command = [sys.executable, "-c", script, "adapt", str(examples), "--out", str(tmp_path / "made"), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["examples"] == 8
